import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { GraphQLError } from 'graphql'
import type { Plugin } from 'graphql-yoga'

/**
 * Guards: what our own pages ask is known by its SHA-256, so that a page sends sixty-four characters instead of its documents.
 *
 * The pages' documents are written down when they are built; their hashes are worked out here, and nothing that is sent is ever added.
 * A hash that is not known is told as such, and whoever sent it sends the text: a page of an earlier release goes on.
 */
export class Documents {
  readonly #texts: ReadonlyMap<string, string>

  constructor(texts: readonly string[]) {
    this.#texts = new Map(texts.map((text) => [createHash('sha256').update(text).digest('hex'), text]))
  }

  /** What is asked, however it is said; a text counts before a hash. */
  find({ query, extensions }: Said): string | null | undefined | GraphQLError {
    const hash = hashIn(extensions)
    if (query || hash === undefined) return query
    return (
      this.#texts.get(hash) ??
      (this.#texts.size > 0 ? notKnown('NotFound', 'NOT_FOUND') : notKnown('NotSupported', 'NOT_SUPPORTED'))
    )
  }
}

interface Said {
  readonly query?: string | null | undefined
  readonly extensions?: Readonly<Record<string, unknown>> | null | undefined
}

/** As the pages were built; none where they are not. */
export const loadDocuments = (file: string): Documents =>
  new Documents(existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as string[]) : [])

/** At the HTTP door; a socket's messages do not come this way (`http/websocket.ts`). */
export const useDocuments = (documents: Documents): Plugin => ({
  onParams: ({ params, setParams }) => {
    const query = documents.find(params)
    // Thrown: with a result alone, Yoga goes on and misses the text that is not there.
    if (query instanceof GraphQLError) throw query
    if (query && query !== params.query) setParams({ ...params, query })
  },
})

const hashIn = (extensions: Said['extensions']): string | undefined => {
  const persisted: unknown = extensions?.['persistedQuery']
  if (typeof persisted !== 'object' || persisted === null || !('sha256Hash' in persisted)) return undefined
  return String(persisted.sha256Hash)
}

/** In the words that clients of every make go by: to send the text, this time or, where no pages are built, from now on. */
const notKnown = (word: string, code: string): GraphQLError =>
  new GraphQLError(`PersistedQuery${word}`, {
    extensions: { code: `PERSISTED_QUERY_${code}`, http: { spec: true, status: 400 } },
  })
