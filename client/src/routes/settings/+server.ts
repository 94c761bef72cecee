import { redirect } from '@sveltejs/kit'
import { isLocale } from '#lib/language/locale.ts'
import { chooseTheme } from '#lib/language/theme.ts'
import type { RequestHandler } from './$types'

const year = 31_536_000

/** Only a path of our own. */
const ownPath = (next: unknown) => (typeof next === 'string' && /^\/(?![/\\])[^\\\s]*$/.test(next) ? next : '/')

export const POST: RequestHandler = async ({ request, cookies, url }) => {
  const form = await request.formData()
  const kept = { path: '/', maxAge: year, sameSite: 'lax', httpOnly: true, secure: url.protocol === 'https:' } as const
  const lang = form.get('lang')
  if (isLocale(lang)) cookies.set('lang', lang, kept)
  const theme = form.get('theme')
  const chosen = chooseTheme(theme)
  if (chosen) cookies.set('theme', chosen, kept)
  else if (theme !== null) cookies.delete('theme', { path: '/' })
  redirect(303, ownPath(form.get('next')))
}
