// Tasks opened lately, in this tab only: ids, whose names the cache has or nobody.
import { globalId } from '#lib/graph/ids.ts'

const most = 5
const place = (slug: string) => `samsyn-recent-${slug}`

export const recent = (slug: string): string[] => (sessionStorage.getItem(place(slug)) ?? '').split(' ').filter((id) => id !== '')

export const noteOpened = (slug: string, url: URL) => {
  const [, , , room, uuid] = url.pathname.split('/')
  const id = room !== 'tasks' ? null : uuid ? globalId('Task', uuid) : beside(url)
  if (id) sessionStorage.setItem(place(slug), [id, ...recent(slug).filter((one) => one !== id)].slice(0, most).join(' '))
}

const beside = (url: URL) => {
  const task = url.searchParams.get('task')
  return task && globalId('Task', task)
}
