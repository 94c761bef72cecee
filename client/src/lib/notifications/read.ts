// What the inbox asks for before it is drawn; the class asks for the same, and finds it in the cache.
import type { Graph } from '#lib/graph/graph.ts'
import { InboxQuery, SettingsQuery } from './documents.ts'

export const shows = ['inbox', 'unread', 'later', 'done'] as const
export type Show = (typeof shows)[number]

/** The address is the state. */
export const showIn = (params: URLSearchParams): Show => shows.find((show) => show === params.get('show')) ?? 'inbox'

const perPage = 50

export const inboxVariables = (show: Show, after: string | null = null) => ({
  filter: { done: show === 'done', snoozed: show === 'later', ...(show === 'unread' && { unread: true }) },
  first: perPage,
  after,
})

export const readInbox = async (graph: Graph, show: Show, fetch?: typeof globalThis.fetch) => {
  const [inbox] = await Promise.all([graph.read(InboxQuery, inboxVariables(show), { fetch }), readSettings(graph, fetch)])
  return inbox
}

export const readSettings = (graph: Graph, fetch?: typeof globalThis.fetch) => graph.read(SettingsQuery, {}, { fetch })
