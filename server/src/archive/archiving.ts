import { withClient } from '@samsyn/prisma/engine/databases'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { BEGINNING } from '../chain/chain.ts'
import type { SignedHead } from '../chain/head.ts'
import { type Asks, JournalReader } from '../chain/read.ts'
import { beginningOf } from './begins.ts'
import { assertFollowing, checkArchive } from './check.ts'
import { ArchiveProblem, archivesIn, type Lying, nameOf, UNFINISHED } from './format.ts'
import { type Planned, writeArchive } from './write.ts'

/** A party's stream, and whose it is. */
export interface Stream {
  readonly id: string
  readonly party: string
  readonly collaboration: string
}

/** What would be archived of a stream, or is. */
export interface Cut {
  readonly stream: Stream
  readonly first: bigint
  readonly last: bigint
  /** When the last of them happened. */
  readonly until: Date
  /** An archive of just these lies there already, and the entries are still here: somebody was interrupted. */
  readonly lies: boolean
}

/** Why less is archived of a stream than its age would allow. */
export interface Held {
  readonly stream: Stream
  /** Who has yet to read what comes after this place. */
  readonly reader: string
  readonly seq: bigint
}

/** What a party's own readers have read, each by a cursor of its own: nothing that comes after is archived. */
const READERS = `
  select 'the inbox' as reader, cursor.seq from inbox_cursor cursor join party on party.id = stream_id where stream_id = $1 and left_at is null
  union all
  select 'the webhook "' || webhook.name || '"', least(webhook.seq, replay_seq)
  from webhook join party on party.id = party_id join stream_head head on head.stream_id = party_id
  where party_id = $1 and left_at is null and state <> 'REMOVED' and webhook.epoch = head.epoch`

/** The last signed head that is older, and not after what everybody has read. */
const LAST_HEAD = `
  select head.seq, entry.at as until from signed_head head
  join stream_entry place on place.stream_id = head.stream_id and place.seq = head.seq and place.hash = head.hash
  join journal_entry entry on entry.id = place.entry_id
  where head.stream_id = $1 and entry.at < $2 and ($3::bigint is null or head.seq <= $3) order by head.seq desc limit 1`

const HEADS = `
  select stream_id as stream, epoch, seq::text, encode(hash, 'hex') as hash, at, key, signature from signed_head
  where stream_id = $1 and seq between $2 and $3 order by signed_head.seq, at`

/**
 * Guards: an entry leaves the journal when it stands in a file that was read back, and not before; all of a stream's archives follow on
 * each other, and the chain goes on where the last of them ends.
 *
 * First the file, whole and on disk under its name; then one transaction, in which PostgreSQL looks again at what it can see for itself
 * (`journal_archive_take`). Whatever is killed in between leaves the entries here and perhaps the file too: the next run finds it, looks
 * whether it is what this journal says, and goes on from there.
 */
export class Archiving {
  readonly #owner: Asks
  readonly #ownerUrl: string
  readonly #folder: string
  readonly #reader: JournalReader

  constructor(owner: Asks, ownerUrl: string, folder: string) {
    this.#owner = owner
    this.#ownerUrl = ownerUrl
    this.#folder = folder
    this.#reader = new JournalReader(owner)
  }

  folderOf({ id, collaboration }: Stream): string {
    return join(this.#folder, collaboration, id)
  }

  /** What of a stream is older, up to a signed head and to what its readers have read; and who holds back the rest. */
  async plan(stream: Stream, before: Date): Promise<{ cut: Cut | undefined; held: Held | undefined }> {
    const first = ((await beginningOf(this.#owner, stream.id))?.last ?? 0n) + 1n
    const lying = (await archivesIn(this.folderOf(stream))).find(({ archive }) => BigInt(archive.first) === first)
    if (lying) return { cut: await this.#interrupted(stream, lying), held: undefined }
    const readers = await this.#owner.ask<{ reader: string; seq: string }>(READERS, [stream.id])
    const [slowest] = readers.toSorted((a, b) => (BigInt(a.seq) < BigInt(b.seq) ? -1 : 1))
    const wanted = await this.#lastHead(stream, before, null)
    const allowed =
      slowest && wanted && BigInt(slowest.seq) < wanted.seq ? await this.#lastHead(stream, before, slowest.seq) : wanted
    const cut =
      allowed && allowed.seq >= first ? { stream, first, last: allowed.seq, until: allowed.until, lies: false } : undefined
    const held =
      slowest && wanted && wanted.seq >= first && allowed?.seq !== wanted.seq
        ? { stream, reader: slowest.reader, seq: BigInt(slowest.seq) }
        : undefined
    return { cut, held }
  }

  /** Writes it and looks at it, takes it out of the journal, and says where it lies. */
  async take(cut: Cut): Promise<Lying> {
    const lying = cut.lies ? await this.#found(cut) : await this.#write(cut)
    const { stream, last, hash, entries } = lying.archive
    const taken = [stream, last, Buffer.from(hash, 'hex'), entries]
    // By a connection of its own: years of entries take longer than anything else may.
    await withClient(this.#ownerUrl, (client) => client.query('select journal_archive_take($1, $2, $3, $4)', taken))
    return lying
  }

  async #lastHead({ id }: Stream, before: Date, upto: string | null): Promise<{ seq: bigint; until: Date } | undefined> {
    const [head] = await this.#owner.ask<{ seq: string; until: Date }>(LAST_HEAD, [id, before, upto])
    return head && { seq: BigInt(head.seq), until: head.until }
  }

  /** A file that was written for entries which are still here: either just these, or it is of another journal. */
  async #interrupted(stream: Stream, { folder, archive }: Lying): Promise<Cut> {
    const [place] = await this.#owner.ask<{ hash: Buffer }>('select hash from stream_entry where stream_id = $1 and seq = $2', [
      stream.id,
      archive.last,
    ])
    if (place?.hash.toString('hex') !== archive.hash)
      throw new ArchiveProblem(`${folder} is there already, and is not of this journal. Nothing was taken out of it.`)
    return { stream, first: BigInt(archive.first), last: BigInt(archive.last), until: new Date(archive.until), lies: true }
  }

  async #found(cut: Cut): Promise<Lying> {
    const archives = await archivesIn(this.folderOf(cut.stream))
    const at = archives.findIndex(({ archive }) => archive.first === String(cut.first))
    const lying = archives[at]
    if (!lying) throw new ArchiveProblem(`The archive of entries ${nameOf(cut)} is not there any more.`)
    assertFollowing(archives.slice(Math.max(at - 1, 0), at + 1))
    await checkArchive(lying)
    return lying
  }

  async #write({ stream, first, last }: Cut): Promise<Lying> {
    const folder = this.folderOf(stream)
    for (const name of await readdir(folder).catch(() => []))
      if (name.startsWith(UNFINISHED)) await rm(join(folder, name), { recursive: true })
    const begins = await beginningOf(this.#owner, stream.id)
    const signed = await this.#owner.ask<Omit<SignedHead, 'at'> & { readonly at: Date }>(HEADS, [
      stream.id,
      String(first - 1n),
      String(last),
    ])
    const heads = signed.map((head): SignedHead => ({ ...head, at: head.at.toISOString() }))
    const [place] = await this.#owner.ask<{ hash: Buffer }>('select hash from stream_entry where stream_id = $1 and seq = $2', [
      stream.id,
      String(last),
    ])
    const planned: Planned = {
      collaboration: stream.collaboration,
      party: stream.party,
      stream: stream.id,
      first: String(first),
      last: String(last),
      before: Buffer.from(begins?.hash ?? BEGINNING).toString('hex'),
      hash: place?.hash.toString('hex') ?? '',
      previous: begins ? { last: String(begins.last), entries: begins.entries } : null,
      headBefore: heads.findLast(({ seq }) => seq === String(first - 1n)) ?? null,
      heads: heads.filter(({ seq }) => BigInt(seq) >= first),
    }
    return writeArchive(folder, planned, this.#reader)
  }
}
