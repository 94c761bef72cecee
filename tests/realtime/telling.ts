import { expect } from 'vitest'
import type { EventKind } from '../../server/src/journal/registry.ts'
import type { Change, Following } from '../world/following.ts'

// What a follower must have been told, word for word.

type Value = readonly string[] | null

/** A field before and after, as it is told. */
export const field = (name: string, from: Value, to: Value): Change['changes'][number] => ({ field: name, from, to })

/** An entry's envelope. Made once per entry, so that all who are told of it can be seen to be told of the same. */
export interface Envelope {
  readonly kind: EventKind
  /** Null for the operator. */
  readonly actor: string | null
  readonly party: string
  readonly subjectId: string
  readonly subjectVersion: number
  readonly changes: Change['changes']
}

const envelopeOf = ({ kind, actor, party, subjectId, subjectVersion, changes }: Change) => ({
  kind,
  actor: actor?.id ?? null,
  party: party?.id,
  subjectId,
  subjectVersion,
  changes,
})

/** Exactly these, each once, in this order, and each with what belongs to it. */
export const expectTold = async (feed: Following, expected: readonly Envelope[], entries: Map<Envelope, string>) => {
  const changes = await feed.count(expected.length)
  expect(changes.map(envelopeOf)).toEqual(expected)
  expectWellTold(feed)
  for (const [index, envelope] of expected.entries()) {
    const entry = changes[index]
    const sameForAll = `${entry?.id} ${entry?.at}`
    expect(entries.get(envelope) ?? sameForAll).toBe(sameForAll)
    entries.set(envelope, sameForAll)
  }
}

/** What holds of everything that a follower is told, whatever it is. */
export const expectWellTold = ({ changes, batches }: Pick<Following, 'changes' | 'batches'>): void => {
  expect(new Set(changes.map(({ id }) => id)).size).toBe(changes.length)
  expect(new Set(changes.map(({ cursor }) => cursor)).size).toBe(changes.length)
  const times = changes.map(({ at }) => at)
  expect(times).toEqual(times.toSorted())
  for (const batch of batches) {
    expect(batch.changes.at(-1)?.cursor).toBe(batch.cursor)
    for (const [index, change] of batch.changes.entries()) {
      expect(change.fields).toEqual(change.changes.map((item) => item.field))
      expect(change.gone).toBe(false)
      // Within a batch, only a subject's last entry carries it, and it is never older than the entry.
      expect(change.superseded).toBe(batch.changes.slice(index + 1).some(({ subjectId }) => subjectId === change.subjectId))
      if (change.superseded) expect(change.subject).toBeNull()
      else expect(change.subject).toMatchObject({ id: change.subjectId })
      const version = change.subject?.['version']
      if (typeof version === 'number') expect(version).toBeGreaterThanOrEqual(change.subjectVersion)
    }
  }
}
