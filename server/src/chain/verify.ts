import { BEGINNING, link } from './chain.ts'
import { holdsSignature, type SignedHead } from './head.ts'
import { type Asks, JournalReader } from './read.ts'

/** What was found wrong first in a stream: at which entry, and what. */
export interface Break {
  readonly seq: bigint
  readonly what: string
}

export interface Verdict {
  readonly entries: bigint
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

/**
 * Reads a whole stream, entry by entry, and says what is wrong first. `kept` are heads that somebody has kept: they show what the stream
 * cannot show by itself, that its end was cut off and its head set back. Up to `head`: the hub may go on meanwhile.
 * Several streams are given one reader, for the entries that they share.
 */
export const verifyStream = async (
  owner: Asks,
  head: StreamHead,
  kept: readonly SignedHead[] = [],
  reader = new JournalReader(owner),
): Promise<Verdict> => {
  let at = 0n
  let previous: Uint8Array = BEGINNING
  let erased = 0
  const broken = (seq: bigint, what: string): Verdict => ({ entries: at, erased, broken: { seq, what } })

  const unsigned = kept.find((one) => !holdsSignature(one))
  if (unsigned) return broken(BigInt(unsigned.seq), 'the kept head does not bear the signature of the key that it names')
  const expected = new Map(kept.filter(({ epoch }) => epoch <= head.epoch).map((one) => [BigInt(one.seq), one.hash]))

  for await (const told of reader.stream(head.streamId, head.seq)) {
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
       and not exists (select from stream_entry where stream_id = $1 and entry_id = entry.id) order by at limit 1`,
    [head.streamId],
  )
  if (elsewhere)
    return broken(at, `what was told to the party has no place here: ${elsewhere.kind}, ${elsewhere.at.toISOString()}`)
  return { entries: at, erased, broken: undefined }
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
