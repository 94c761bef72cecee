import { loadWords } from '#lib/notifications/words.ts'
import type { PageLoad } from './$types'

/** What a link in a mail stops stands in it for all to read; whether it was made by us only the server knows. */
export const load: PageLoad = async ({ parent, url }) => {
  const { locale } = await parent()
  const token = url.searchParams.get('token')
  const done = url.searchParams.get('done')
  const room = url.searchParams.get('room')
  return { words: await loadWords(locale), token, done, room, stops: done ?? token?.split('.')[2] ?? null }
}
