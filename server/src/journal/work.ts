import { createHash } from 'node:crypto'
import { Prisma } from '@samsyn/prisma/client'
import type { Readable } from '../access/reads.ts'
import type { Actor } from '../access/viewer.ts'
import type { Database, Transaction } from '../data/database.ts'
import { isUniqueViolation } from '../data/failures.ts'
import { InvalidInput, NotAllowed } from '../graph/failures.ts'
import { type EventKind, registry } from './registry.ts'
import type { EventDeclaration, Stored, StoredChange } from './events.ts'

/**
 * Guards: load, lock, decide, write, record: one transaction, once per key.
 *
 * A service never publishes. It hands the journal what happened, in the same transaction; sealing at COMMIT does the
 * rest. The idempotency record is written in it too, so a mutation that is repeated with its key is answered, not redone.
 */
export interface Act {
  /** Name of the mutation field. */
  readonly name: string
  /** The caller's key, a UUID; without one a repeat is a new act. */
  readonly key: string | undefined
  /** What was asked, to tell a repeat from another act under the same key. */
  readonly input: unknown
}

interface Subject extends Readable {
  readonly id: string
  readonly version: number
}

/** Field by field, old and new. Texts are plain strings here; the registry says which become commitments. */
export type Changes = Readonly<Record<string, { readonly from: Plain; readonly to: Plain }>>
type Plain = string | number | boolean | null | readonly string[]

/** What a service works with while its unit of work is open. */
export class Unit {
  readonly transaction: Transaction
  readonly viewer: Actor

  constructor(transaction: Transaction, viewer: Actor) {
    this.transaction = transaction
    this.viewer = viewer
  }

  /** Says what happened. `formerReaders` are those who could read the subject before, when they may be others. */
  async record(
    kind: EventKind,
    subject: Subject,
    changes: Changes = {},
    formerReaders: readonly string[] = subject.readers,
  ): Promise<void> {
    const declaration: EventDeclaration = registry[kind]
    const stored = Object.fromEntries(
      Object.entries(changes).map(([field, change]): [string, StoredChange] => {
        const form = declaration.fields[field]
        if (form === undefined) throw new Error(`${kind} declares no field ${field}`)
        const store = (value: Plain): Stored => (form === 'text' && typeof value === 'string' ? { text: value } : value)
        return [field, { from: store(change.from), to: store(change.to) }]
      }),
    )
    // Raw, because the application may insert an intent and not read it back.
    await this.transaction.$executeRaw`
      insert into journal_intent (kind, collaboration_id, actor_id, party_id, subject_type, subject_id, subject_version, changes, former_readers)
      values (${kind}, ${this.viewer.collaborationId}::uuid, ${this.viewer.memberId ?? null}::uuid, ${this.viewer.partyId}::uuid,
        ${declaration.subject}, ${subject.id}::uuid, ${subject.version}, ${JSON.stringify(stored)}::jsonb, ${[...formerReaders]}::uuid[])`
  }
}

/** Thrown by a service when the act changes nothing: the transaction is given up and the act answered as done. */
export class Unchanged extends Error {
  readonly subjectId: string
  constructor(subjectId: string) {
    super('nothing to change')
    this.name = 'Unchanged'
    this.subjectId = subjectId
  }
}

/** What an act was about, and the secret that it shows; null when the same act is repeated, which has shown it already. */
export interface Shown {
  readonly id: string
  readonly secret: string | null
}

export class UnitOfWork {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /** Runs `work` in one transaction and returns the id of its subject, or that of the first time for a repeated key. */
  async run(viewer: Actor, act: Act, work: (unit: Unit) => Promise<string>): Promise<string> {
    const { id } = await this.show(viewer, act, async (unit) => ({ id: await work(unit), secret: null }))
    return id
  }

  /** The same for an act that shows a secret: it is shown when it has committed, and once. */
  async show(viewer: Actor, act: Act, work: (unit: Unit) => Promise<Shown>): Promise<Shown> {
    try {
      return await this.#attempt(viewer, act, work)
    } catch (error) {
      // The same act may have come twice at once and the other been first: then this one was refused for what that one did.
      const done =
        act.key === undefined ? undefined : await this.#database.read(viewer, (transaction) => recorded(transaction, viewer, act))
      if (done !== undefined) return { id: done, secret: null }
      if (error instanceof Unchanged) return { id: error.subjectId, secret: null }
      if (!isUniqueViolation(error)) throw error
      // The minted id is taken.
      throw new InvalidInput([{ field: 'id', code: 'TAKEN' }])
    }
  }

  #attempt(viewer: Actor, act: Act, work: (unit: Unit) => Promise<Shown>): Promise<Shown> {
    return this.#database.write(viewer, async (transaction) => {
      const done = await recorded(transaction, viewer, act)
      if (done !== undefined) return { id: done, secret: null }
      const shown = await work(new Unit(transaction, viewer))
      if (act.key !== undefined && viewer.memberId !== undefined) {
        await transaction.$executeRaw`
          insert into idempotency_record (member_id, key, input_hash, subject_id)
          values (${viewer.memberId}::uuid, ${act.key}::uuid, ${hashOf(act)}, ${shown.id}::uuid)`
      }
      return shown
    })
  }
}

const recorded = async (transaction: Transaction, viewer: Actor, act: Act): Promise<string | undefined> => {
  // Keys are kept by seat: the operator, who has none, looks before acting.
  if (act.key === undefined || viewer.memberId === undefined) return undefined
  const record = await transaction.idempotencyRecord.findUnique({
    where: { memberId_key: { memberId: viewer.memberId, key: act.key } },
  })
  if (!record) return undefined
  if (!Buffer.from(record.inputHash).equals(hashOf(act))) throw new NotAllowed('KEY_REUSED')
  return record.subjectId
}

const hashOf = (act: Act): Buffer<ArrayBuffer> =>
  Buffer.from(
    createHash('sha256')
      .update(JSON.stringify([act.name, inOrder(act.input)]))
      .digest(),
  )

/** The same input whatever the order in which its fields were sent. */
const inOrder = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(inOrder)
  if (value instanceof Date || typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, inOrder(item)]),
  )
}

/** A row that is not there, or not the viewer's to change, as Prisma says it of an update. */
export const isMissing = (error: unknown): boolean =>
  error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2025'
