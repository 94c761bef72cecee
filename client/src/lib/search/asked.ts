// What is searched for, as the address says it.
import { Addresses } from '#lib/agreements/address.ts'
import type { Graph } from '#lib/graph/graph.ts'
import { uuidOf } from '#lib/graph/ids.ts'
import { type Hit, SearchQuery } from './documents.ts'

export const searchTypes = ['TASK', 'CLAUSE', 'PROPOSAL', 'COMMENT'] as const
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

  get types() {
    return this.type && [this.type]
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
  { text, types, first }: { text: string; types: readonly SearchType[] | null; first: number },
  fetch?: typeof globalThis.fetch,
) => graph.read(SearchQuery, { text, types: types && [...types], first }, { requestPolicy: 'network-only', fetch })

/** Where one reads what was found: a comment where it was said. */
export const pageOf = (slug: string, { subject }: Hit): string | null => {
  const agreement = new Addresses(slug)
  const task = (id: string) => `/c/${slug}/tasks/${uuidOf(id)}`
  switch (subject?.__typename) {
    case 'Task':
      return task(subject.id)
    case 'Clause':
      return agreement.clause(subject.id)
    case 'Proposal':
      return agreement.proposal(subject.id)
    case 'Comment':
      return subject.task ? task(subject.task.id) : subject.clause ? agreement.clause(subject.clause.id) : null
    default:
      return null
  }
}
