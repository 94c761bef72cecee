// What is searched for, as the address says it.
import type { Graph } from '#lib/graph/graph.ts'
import { uuidOf } from '#lib/graph/ids.ts'
import { type Hit, SearchQuery } from './documents.ts'

export const searchTypes = ['TASK', 'COMMENT'] as const
type SearchType = (typeof searchTypes)[number]

const perPage = 20
const most = 100

export class Asked {
  readonly text: string
  readonly type: SearchType | null
  readonly first: number

  constructor(address: URLSearchParams) {
    this.text = [...(address.get('q') ?? '')].slice(0, 200).join('').toWellFormed().replaceAll('\u0000', '')
    this.type = searchTypes.find((type) => type === address.get('type')) ?? null
    this.first = address.get('all') === 'true' ? most : perPage
  }

  /** One letter says too little; two may be a word (öl). */
  get tooShort() {
    return (this.text.match(/[\p{L}\p{N}]/gu) ?? []).length < 2
  }

  get whole() {
    return this.first === most
  }

  with(patch: { text?: string; type?: SearchType | null; all?: boolean }): string {
    const { text, type, all } = { text: this.text, type: this.type, all: false, ...patch }
    const address = new URLSearchParams()
    if (text) address.set('q', text)
    if (type) address.set('type', type)
    if (all) address.set('all', 'true')
    return `?${address}`
  }
}

/** Always asked anew: what is found is nobody's to keep true. */
export const readSearch = (
  graph: Graph,
  { text, type, first }: Pick<Asked, 'text' | 'type' | 'first'>,
  fetch?: typeof globalThis.fetch,
) => graph.read(SearchQuery, { text, types: type && [type], first }, { requestPolicy: 'network-only', fetch })

/** The page of what was found: a comment's is its task's. */
export const pageOf = (slug: string, { subject }: Hit): string | null => {
  if (subject?.__typename === 'Task') return `/c/${slug}/tasks/${uuidOf(subject.id)}`
  if (subject?.__typename === 'Comment') return `/c/${slug}/tasks/${uuidOf(subject.task.id)}`
  return null
}
