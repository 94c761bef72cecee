import type { MandateKind } from '@samsyn/prisma/client'
import type { Logger } from 'pino'
import { administers, coordinates } from '../access/may.ts'
import { SLICES } from '../access/slices.ts'
import type { Actor } from '../access/viewer.ts'
import type { Database, Transaction } from '../data/database.ts'
import { TryAgain } from '../data/failures.ts'
import type { EntryRow } from '../journal/stream.ts'
import type { Relay } from '../journal/relay.ts'
import { traced } from '../traces/traces.ts'
import { daysToTell } from './due.ts'
import { type Found, make } from './found.ts'
import { concerns, type Party, type Told, whoIsTold } from './notifications.rules.ts'
import type { Postman } from './postman.ts'
import { readThreads, threadsOf } from './thread.ts'

/**
 * Guards: a notification exists exactly once, however often servers die and however many there are.
 *
 * The inbox is a reader of the journal with a cursor of its own in each party's stream. A batch of entries becomes
 * notifications and the cursor goes on in one transaction, as the party and nobody's member: what the party can't read the
 * reader can't either. What is to be sent beyond the inbox is taken on in it too (`postman.ts`). Servers share the work by the lock on the cursor's row; who finds it taken leaves it. A ring of the
 * doorbell is a hint, and a slow poll is the net.
 */
const BATCH = 100
/** How many that were put away come back at once. */
const WOKEN = 200
const POLL_MS = 3_000
const DUE_EVERY_MS = 60_000
/** Rings that come close together are answered by one reading. */
const GATHER_MS = 40

interface Place {
  readonly epoch: number
  readonly seq: bigint
}

export class InboxReader {
  readonly #database: Database
  readonly #relay: Relay
  readonly #postman: Postman
  readonly #log: Logger
  readonly #now: () => Date
  #stop: (() => void) | undefined
  #dueAt = 0
  #reading: Promise<void> | undefined
  #again = false
  #stopped = false

  constructor(database: Database, relay: Relay, postman: Postman, log: Logger, now = () => new Date()) {
    this.#database = database
    this.#relay = relay
    this.#postman = postman
    this.#log = log
    this.#now = now
  }

  start(): void {
    let gathering: NodeJS.Timeout | undefined
    const leave = this.#relay.onRing(() => {
      gathering ??= setTimeout(() => {
        gathering = undefined
        this.#wake()
      }, GATHER_MS)
    })
    const poll = setInterval(() => this.#wake(), POLL_MS)
    poll.unref()
    this.#stop = () => {
      leave()
      clearTimeout(gathering)
      clearInterval(poll)
    }
    this.#wake()
  }

  async stop(): Promise<void> {
    this.#stopped = true
    this.#stop?.()
    await this.#reading
  }

  #wake(): void {
    this.#again = true
    this.#reading ??= this.#read().finally(() => (this.#reading = undefined))
  }

  async #read(): Promise<void> {
    try {
      while (this.#again && !this.#stopped) {
        this.#again = false
        const due = this.#now().getTime() >= this.#dueAt
        for (const reader of await this.#streams(!due)) await traced('inbox', { root: true }, () => this.#readStream(reader, due))
        if (due) this.#dueAt = this.#now().getTime() + DUE_EVERY_MS
      }
    } catch (error) {
      this.#note(error)
    }
  }

  /** One stream that can't be read holds up no other. */
  async #readStream(reader: Actor, due: boolean): Promise<void> {
    try {
      if (due) await this.#remind(reader)
      while (!this.#stopped && (await this.#database.write(reader, (transaction) => this.#batch(transaction, reader))));
      this.#postman.wake()
    } catch (error) {
      this.#note(error)
    }
  }

  /** Nothing is lost: the cursor stands where it stood, and the poll comes back to it. */
  #note(error: unknown): void {
    if (!this.#stopped && !(error instanceof TryAgain)) this.#log.error({ err: error }, 'the inbox could not be read')
  }

  async #streams(behindOnly: boolean): Promise<Actor[]> {
    const rows = await this.#database.ask<{ party_id: string; collaboration_id: string }>(
      'select party_id, collaboration_id from inbox_streams($1)',
      [behindOnly],
    )
    return rows.map((row) => ({
      memberId: undefined,
      partyId: row.party_id,
      collaborationId: row.collaboration_id,
      roles: [],
      slices: SLICES,
    }))
  }

  /** What no entry gives rise to, but the time. */
  async #remind(reader: Actor): Promise<void> {
    await this.#database.write(reader, async (transaction) =>
      this.#make(transaction, await daysToTell(transaction, reader, await partyOf(transaction, reader), this.#now())),
    )
    while (!this.#stopped && (await this.#database.write(reader, wakeSome)) === WOKEN);
    await this.#database.write(reader, (transaction) => this.#postman.postWeekly(transaction))
  }

  /** Takes the next entries of the party's stream; true when there may be more. */
  async #batch(transaction: Transaction, reader: Actor): Promise<boolean> {
    const [place] = await transaction.$queryRaw<Place[]>`
      select epoch, seq from inbox_cursor where stream_id = ${reader.partyId}::uuid for update skip locked`
    if (!place) return false
    const head = await transaction.streamHead.findUniqueOrThrow({ where: { streamId: reader.partyId } })
    // After a restore the stream may be shorter than what was read of it.
    const from = place.seq <= head.seq ? place.seq : head.seq
    const rows = await transaction.streamEntry.findMany({
      where: { streamId: reader.partyId, seq: { gt: from } },
      orderBy: { seq: 'asc' },
      take: BATCH,
      include: { entry: { include: { commitments: true } } },
    })
    // First: with the cursor goes who follows what, and an entry is told to whoever followed by one of the same batch.
    await transaction.inboxCursor.update({
      where: { streamId: reader.partyId },
      data: { epoch: head.epoch, seq: rows.at(-1)?.seq ?? from },
    })
    await this.#make(transaction, await findIn(transaction, reader, rows))
    return rows.length === BATCH
  }

  /** What is to be sent of it goes with the same transaction. */
  async #make(transaction: Transaction, found: readonly Found[]): Promise<void> {
    await this.#postman.post(transaction, await make(transaction, found, this.#postman.channels))
  }
}

/** Brings back what was put away until now; answers with how many there were. */
const wakeSome = async (transaction: Transaction): Promise<number> => {
  const [done] = await transaction.$queryRaw<{ count: number }[]>`select notifications_wake(${WOKEN}::int) as count`
  return done?.count ?? 0
}

/** Who holds a seat in the party now, and what they can do for it today, counted in the collaboration's zone. */
const partyOf = async (transaction: Transaction, reader: Actor): Promise<Party> => {
  const { partyId: id, collaborationId } = reader
  const { role } = await transaction.party.findUniqueOrThrow({ where: { id } })
  const members = await transaction.member.findMany({ where: { partyId: id, removedAt: null } })
  const mandates = await transaction.$queryRaw<{ member_id: string; kind: MandateKind }[]>`
    select member_id, kind::text from mandate, collaboration
    where member_id = any (${members.map((member) => member.id)}::uuid[]) and collaboration.id = ${collaborationId}::uuid
      and (now() at time zone collaboration.time_zone)::date between valid_from and coalesce(valid_to, 'infinity')`
  return {
    id,
    signatory: role === 'SIGNATORY',
    members: members.map(({ id: memberId, roles }) => ({
      id: memberId,
      coordinates: coordinates({ ...reader, memberId, roles }),
      administers: administers({ ...reader, memberId, roles }),
      mandates: new Set(mandates.filter((mandate) => mandate.member_id === memberId).map(({ kind }) => kind)),
    })),
  }
}

/** Whom these entries concern, by the rules. What the party can't read any more concerns nobody. */
const findIn = async (
  transaction: Transaction,
  reader: Actor,
  rows: readonly { seq: bigint; entry: EntryRow }[],
): Promise<Found[]> => {
  const concerning = rows.filter(({ entry }) => concerns(entry.kind))
  if (concerning.length === 0) return []
  const threads = await threadsOf(
    transaction,
    reader,
    concerning.map(({ entry }) => entry),
  )
  const threadAt = await readThreads(transaction, reader.partyId, [...threads.values()])
  const party = await partyOf(transaction, reader)
  return concerning.flatMap(({ seq, entry }) => {
    if (!concerns(entry.kind)) return []
    const thread = threads.get(entry.subjectId)
    if (entry.subjectType === 'Comment' && thread === undefined) return []
    const told = toldIn(entry, thread && threadAt(thread, seq))
    return [...whoIsTold(entry.kind, told, party)].map(([member, reason]): Found => ({
      member,
      reason,
      entry: entry.id,
      type: entry.subjectType,
      subject: entry.subjectId,
      ...(thread && { [thread.kind]: thread.id }),
    }))
  })
}

const toldIn = (entry: EntryRow, thread: Told['thread']): Told => {
  const texts = new Map(entry.commitments.map(({ hash, value }) => [hash, value ?? '']))
  const sides = Object.values(entry.changes ?? {}).filter(isChange)
  const written = (side: 'from' | 'to') => sides.map((change) => texts.get(commitmentIn(change[side]) ?? '') ?? '')
  const listed = (side: 'from' | 'to') => sides.flatMap((change) => (Array.isArray(change[side]) ? change[side].map(String) : []))
  const before = new Set(listed('from'))
  return {
    actorId: entry.actorId,
    partyId: entry.partyId,
    texts: { before: written('from'), after: written('to') },
    came: new Set(listed('to').filter((id) => !before.has(id))),
    thread,
  }
}

const isChange = (value: unknown): value is { from: unknown; to: unknown } =>
  typeof value === 'object' && value !== null && 'from' in value && 'to' in value
const commitmentIn = (value: unknown): string | undefined =>
  typeof value === 'object' && value !== null && 'commitment' in value ? String(value.commitment) : undefined
