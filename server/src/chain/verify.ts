import { type Beginning, beginningOf } from '../archive/begins.ts'
import { BEGINNING, link } from './chain.ts'
import { holdsSignature, type SignedHead } from './head.ts'
import { type Asks, JournalReader } from './read.ts'

/** What was found wrong first in a stream: at which entry, and what. */
export interface Break {
  readonly seq: bigint
  readonly what: string
}

export interface Verdict {
  /** Number of the last entry. */
  readonly entries: bigint
  /** Where the chain begins here, when what came before has been archived. */
  readonly begins: Beginning | undefined
  /** Texts that were taken back since: their commitments stand, and there is nothing to compare them with. */
  readonly erased: number
  readonly broken: Break | undefined
}

export interface StreamHead {
  readonly streamId: string
  readonly epoch: number
  readonly seq: bigint
  readonly hash: Uint8Array
}

/** What the archives of a stream hold at the places that are asked for, in hex; it has been looked at whether they hold. */
export type Archived = ReadonlyMap<bigint, string>

/**
 * Reads a whole stream, entry by entry, and says what is wrong first. What has been archived is not here: then it begins after that, at
 * a head that was signed, and kept heads of what came before are held to `archived`. `kept` are heads that somebody has kept: they show what the stream
 * cannot show by itself, that its end was cut off and its head set back. Up to `head`: the hub may go on meanwhile.
 * Several streams are given one reader, for the entries that they share.
 */
export const verifyStream = async (
  owner: Asks,
  head: StreamHead,
  kept: readonly SignedHead[] = [],
  reader = new JournalReader(owner),
  archived: Archived = new Map(),
): Promise<Verdict> => {
  const begins = await beginningOf(owner, head.streamId)
  let at = begins?.last ?? 0n
  let previous: Uint8Array = begins?.hash ?? BEGINNING
  let erased = 0
  const broken = (seq: bigint, what: string): Verdict => ({ entries: at, begins, erased, broken: { seq, what } })

  const forged = kept.find((one) => !holdsSignature(one))
  if (forged) return broken(BigInt(forged.seq), 'the kept head does not bear the signature of the key that it names')
  const expected = new Map(kept.filter(({ epoch }) => epoch <= head.epoch).map((one) => [BigInt(one.seq), one.hash]))
  if (begins) {
    const unheld = await unsignedAt(owner, head.streamId, begins)
    if (unheld !== undefined) return broken(begins.last, unheld)
    for (const [seq, hash] of expected) {
      if (seq > begins.last) continue
      const there = seq === begins.last ? Buffer.from(begins.hash).toString('hex') : archived.get(seq)
      if (there === undefined)
        return broken(seq, 'it is archived: a head that was kept is held to it when the archive is given (--archive)')
      if (there !== hash) return broken(seq, 'it is archived, and a head that was kept has another hash for it')
    }
  }

  for await (const told of reader.stream(head.streamId, head.seq, at)) {
    const { seq } = told
    const here = `${told.kind}, ${told.at.toISOString()}`
    if (seq !== at + 1n) return broken(at + 1n, `it is missing; the next that is there is ${seq} (${here})`)
    const hash = link(previous, told.text)
    if (!same(hash, told.hash)) return broken(seq, `it is not what was told at that place (${here})`)
    if (!told.readers.includes(head.streamId)) return broken(seq, `it was not told to this party (${here})`)
    if (told.wrong) return broken(seq, `${told.wrong} (${here})`)
    erased += told.texts.filter(({ value }) => value === null).length
    const kept = expected.get(seq)
    if (kept !== undefined && kept !== Buffer.from(hash).toString('hex'))
      return broken(seq, `a head that was kept has another hash for it (${here})`)
    at = seq
    previous = hash
  }
  if (at !== head.seq) return broken(at + 1n, `it is missing; the head of the stream says ${head.seq}`)
  if (!same(previous, head.hash)) return broken(at, 'the head of the stream has another hash for it')
  const beyond = [...expected.keys()].filter((seq) => seq > at).toSorted((a, b) => (a < b ? -1 : 1))[0]
  if (beyond !== undefined) return broken(at + 1n, `it is missing; a head that was kept says that there were ${beyond}`)
  const [after] = await owner.ask<{ seq: string }>(
    'select min(seq) as seq from stream_entry where stream_id = $1 and seq > (select seq from stream_head where stream_id = $1)',
    [head.streamId],
  )
  if (after?.seq) return broken(BigInt(after.seq), 'it stands after the head of the stream')
  const [elsewhere] = await owner.ask<{ kind: string; at: Date }>(
    `select kind, at from journal_entry entry where $1::uuid = any (readers)
       and not exists (select from stream_entry where stream_id = $1 and entry_id = entry.id)
       and ($2::timestamptz is null or at > $2) order by at limit 1`,
    [head.streamId, begins?.until ?? null],
  )
  if (elsewhere)
    return broken(at, `what was told to the party has no place here: ${elsewhere.kind}, ${elsewhere.at.toISOString()}`)
  return { entries: at, begins, erased, broken: undefined }
}

/** The chain begins where the hub has signed that it had come: whoever can rewrite the database can't put that elsewhere. */
const unsignedAt = async (owner: Asks, streamId: string, { last, hash }: Beginning): Promise<string | undefined> => {
  const told = Buffer.from(hash).toString('hex')
  const signed = (await signedAt(owner, streamId, last)).some((one) => one.hash === told && holdsSignature(one))
  if (!signed) return 'what came before is said to be archived, and no head was signed there'
  const [before] = await owner.ask<{ seq: string | null }>(
    'select max(seq) as seq from stream_entry where stream_id = $1 and seq <= $2',
    [streamId, String(last)],
  )
  return before?.seq ? `what came before is said to be archived, and entry ${before.seq} is here` : undefined
}

/** The heads that were signed at a place of a stream. */
export const signedAt = async (owner: Asks, streamId: string, seq: bigint): Promise<SignedHead[]> => {
  const heads = await owner.ask<Omit<SignedHead, 'at'> & { readonly at: Date }>(
    `select stream_id as stream, epoch, seq::text, encode(hash, 'hex') as hash, at, key, signature from signed_head
     where stream_id = $1 and seq = $2 order by at`,
    [streamId, String(seq)],
  )
  return heads.map((head) => ({ ...head, at: head.at.toISOString() }))
}

const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0

/** The heads of the parties' streams and of what only a member is told, as they are now. */
export const headsOf = async (owner: Asks, collaborationId: string): Promise<(StreamHead & { readonly name: string })[]> => {
  const rows = await owner.ask<{ stream_id: string; epoch: number; seq: string; hash: Buffer; name: string }>(
    `select stream_id, epoch, seq, hash, coalesce(party.name, member.name || ', inbox') as name from stream_head
     left join party on party.id = stream_id left join member on member.id = stream_id
     where coalesce(party.collaboration_id, member.collaboration_id) = $1 order by party.ordinal nulls last, member.name, stream_id`,
    [collaborationId],
  )
  return rows.map(({ stream_id: streamId, epoch, seq, hash, name }) => ({ streamId, epoch, seq: BigInt(seq), hash, name }))
}
