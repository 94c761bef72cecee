import { print } from 'graphql'
import { changesDocument } from './changes.document.ts'
import type { Document, Hub } from './hub.ts'
import { news } from './news.ts'
import { Pauses, type Patience } from './patience.ts'
import type { ResultOf, VariablesOf } from './graphql.ts'

/** What a batch of changes has to say for itself, whatever else a document asks of it. */
interface Batch {
  readonly __typename: 'ChangeBatch'
  readonly cursor: string
  readonly changes: readonly { readonly cursor: string }[]
}
interface Resync {
  readonly __typename: 'Resync'
  readonly cursor: string
  readonly reason: string
}
interface Changes {
  readonly changes: Batch | Resync
}
interface Asked {
  readonly after?: string | null | undefined
  readonly filter?: Filter
}
type Filter = VariablesOf<typeof changesDocument>['filter']
type ChangeIn<Data extends Changes> = Extract<Data['changes'], Batch>['changes'][number]

/** One change, as `follow` tells it unless a document of one's own says otherwise. */
export type Change = ChangeIn<ResultOf<typeof changesDocument>>

export interface Following<Snapshot extends { readonly cursor: string }> extends Patience {
  /** The cursor of what was handled last, as it was kept; without one it begins with a snapshot. */
  readonly after?: string | null | undefined
  /**
   * Fetches all that one's copy is made of, and the `cursor` of the first page of it: what changes meanwhile is told after. Asked at the
   * beginning, and whenever the place in the stream is lost, for example because the hub has been restored.
   */
  readonly snapshot: () => Promise<Snapshot>
  /** Which changes to be told; without one, all of them. */
  readonly filter?: Filter
}

/** Either all of it, to be put in the place of the copy, or one change to it. Keep the cursor when it is handled, with the copy. */
export type Told<Snapshot, Change> =
  | { readonly kind: 'snapshot'; readonly snapshot: Snapshot; readonly cursor: string }
  | { readonly kind: 'change'; readonly change: Change; readonly cursor: string }

/**
 * Tells all that happens, each change once and in order, for as long as somebody asks for the next: through restarts of the hub and networks
 * that come and go. Asking for the next says that the last is handled; who is stopped before it kept the cursor is told that change again,
 * with the same `id`.
 * @throws Refused when the hub says no for good, for example because the key was revoked.
 */
export function follow<Snapshot extends { readonly cursor: string }>(
  hub: Hub,
  following: Following<Snapshot>,
): AsyncGenerator<Told<Snapshot, Change>, void, undefined>
/** With a subscription of one's own over `changes`: it takes `$after` and `$filter`, and asks for `__typename` and every `cursor`. */
export function follow<Snapshot extends { readonly cursor: string }, Data extends Changes>(
  hub: Hub,
  following: Following<Snapshot>,
  document: Document<Data, Asked>,
): AsyncGenerator<Told<Snapshot, ChangeIn<Data>>, void, undefined>
export async function* follow<Snapshot extends { readonly cursor: string }>(
  hub: Hub,
  { after, snapshot, filter, ...patience }: Following<Snapshot>,
  document: Document<Changes, Asked> = changesDocument,
): AsyncGenerator<Told<Snapshot, { readonly cursor: string }>, void, undefined> {
  const pauses = new Pauses(patience)
  const query = print(document)
  let place = after ?? undefined
  for (;;) {
    if (place === undefined) {
      const all = await snapshot()
      yield { kind: 'snapshot', snapshot: all, cursor: all.cursor }
      place = all.cursor
    }
    try {
      for await (const { changes } of news<Changes>(hub, { query, variables: { after: place, filter } }, patience.signal)) {
        pauses.over()
        if (changes.__typename === 'Resync') {
          place = undefined
          break
        }
        for (const change of changes.changes) {
          yield { kind: 'change', change, cursor: change.cursor }
          place = change.cursor
        }
        place = changes.cursor
      }
    } catch (error) {
      await pauses.after(error)
    }
  }
}
