import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { type Found, readArchived } from '../archive/archived.ts'
import { beginningOf } from '../archive/begins.ts'
import { ArchiveProblem } from '../archive/format.ts'
import { fingerprintOf, openSigningKey, publicOf, type SignedHead } from '../chain/head.ts'
import type { Database } from '../data/database.ts'
import { JournalReader } from '../chain/read.ts'
import { headsOf, signedAt, type StreamHead, type Verdict, verifyStream } from '../chain/verify.ts'
import { collaborationBy } from './collaborations.ts'
import { type Command, Failure } from './command.ts'
import { partyBy } from './parties.ts'

const isText = (value: unknown): value is string => typeof value === 'string'

/** One head, or a list of them, as the API gives them. */
const readHeads = async (file: string): Promise<SignedHead[]> => {
  const problem = new Failure(
    `${file} holds no signed heads: an object, or a list of them, with stream, epoch, seq, hash, at, key and signature.`,
  )
  const text = await readFile(file, 'utf8').catch(() => {
    throw new Failure(`${file} can't be read.`)
  })
  let found: unknown
  try {
    found = JSON.parse(text)
  } catch {
    throw problem
  }
  return [found].flat().map((one: unknown) => {
    if (typeof one !== 'object' || one === null) throw problem
    const { stream, epoch, seq, hash, at, key, signature } = one as Record<string, unknown>
    if (![stream, seq, hash, at, key, signature].every(isText) || typeof epoch !== 'number' || !/^\d{1,19}$/.test(String(seq)))
      throw problem
    return { stream, epoch, seq, hash, at, key, signature } as SignedHead
  })
}

export const verifyJournal: Command = {
  name: 'journal verify',
  about:
    'Reads what every party has been told and says whether it stands as it was written; names the first entry that does not.',
  more: "A chain shows what was changed inside it. That its end was cut off is shown by a head that a party has kept (see the README, 'The journal').",
  options: {
    collaboration: { value: '<slug>', about: 'only this one' },
    against: { value: '<file>', about: 'signed heads that somebody has kept, JSON as the API gives them', several: true },
    archive: { value: '<folder>', about: 'where archives lie: they are read too', several: true },
  },
  prepare: (given) => async (installation) => {
    const kept = (await Promise.all(given.all('against').map(readHeads))).flat()
    const slug = given.maybe('collaboration')
    if (slug !== undefined) await collaborationBy(installation, slug)
    const archives = given.all('archive').map((folder) => resolve(folder))
    const { lines, broken } = await verdicts(installation.owner, { kept, slug, archives })
    if (broken > 0) throw new Failure(lines.join('\n'))
    return [...lines, 'The journal is whole.']
  },
}

interface Against {
  readonly kept?: readonly SignedHead[]
  readonly slug?: string | undefined
  /** Folders in which archives lie. */
  readonly archives?: readonly string[]
}

/** What is to be said of every stream, of one collaboration or of all, and how many of them do not hold. */
export const verdicts = async (
  owner: Database,
  { kept = [], slug, archives = [] }: Against = {},
): Promise<{ lines: string[]; broken: number }> => {
  const collaborations = await owner.read(undefined, (transaction) =>
    transaction.collaboration.findMany({ where: slug === undefined ? {} : { slug }, orderBy: { name: 'asc' } }),
  )
  const lines: string[] = []
  let broken = 0
  const met = new Set<string>()
  const reader = new JournalReader(owner)
  for (const { id, name } of collaborations) {
    lines.push(name)
    for (const head of await headsOf(owner, id)) {
      met.add(head.streamId)
      const ofStream = kept.filter(({ stream }) => stream === head.streamId)
      const found = await archivedOf(owner, head, ofStream, archives)
      if (typeof found === 'string') {
        broken += 1
        lines.push(`  ${head.name}: BROKEN in its archive: ${found}`)
        continue
      }
      const verdict = await verifyStream(owner, head, ofStream, reader, found?.archived)
      if (verdict.broken) broken += 1
      if (verdict.broken) lines.push(`  ${head.name}: BROKEN at entry ${verdict.broken.seq}: ${verdict.broken.what}`)
      else if (verdict.entries > 0n) lines.push(`  ${head.name}: ${wholly(verdict, found)}`)
    }
  }
  const strange = kept.filter(({ stream }) => !met.has(stream))
  for (const { stream } of strange) lines.push(`A kept head is of ${stream}: there is no such stream here.`)
  return { lines, broken: broken + strange.length }
}

/** What the archives hold of a stream, or what is wrong with them. */
const archivedOf = async (
  owner: Database,
  { streamId }: StreamHead,
  kept: readonly SignedHead[],
  archives: readonly string[],
): Promise<Found | string | undefined> => {
  if (archives.length === 0) return undefined
  try {
    return await readArchived(archives, streamId, await beginningOf(owner, streamId), new Set(kept.map(({ seq }) => BigInt(seq))))
  } catch (error) {
    if (error instanceof ArchiveProblem) return error.message
    throw error
  }
}

const wholly = ({ entries, begins, erased: count }: Verdict, found: Found | undefined): string => {
  if (!begins) return `${entries} entries, whole${erased(count)}`
  const here = `${entries - begins.last} entries from ${begins.last + 1n} on, whole${erased(count)}`
  const before = `what came before is archived, until ${begins.until.toISOString()}`
  if (!found) return `${here}; ${before}`
  const words = found.wordless > 0 ? `; the words of ${found.wordless} texts are not kept` : ''
  return `${here}; ${before}, ${found.entries} entries, whole${erased(found.erased)}${words}`
}

const erased = (count: number): string => (count > 0 ? `; ${count} texts taken back since` : '')

export const exportJournal: Command = {
  name: 'journal export',
  about: "Writes all that a party has been told, one JSON object a line, for the party's own keeping and checking.",
  more: 'examples/verify.mjs checks it without this hub. What has been archived is not in it: its first line says where it begins then.',
  options: {
    collaboration: { value: '<slug>', about: 'the collaboration', required: true },
    party: { value: '<name>', about: 'the party, by name or mark', required: true },
  },
  prepare: (given) => async (installation) => {
    const collaboration = await collaborationBy(installation, given.text('collaboration'))
    const party = await partyBy(installation, collaboration.id, given.text('party'))
    const lines: string[] = []
    const begins = await beginningOf(installation.owner, party.id)
    if (begins) {
      const [head] = await signedAt(installation.owner, party.id, begins.last)
      lines.push(
        JSON.stringify({ archived: { last: String(begins.last), hash: Buffer.from(begins.hash).toString('hex'), head } }),
      )
    }
    for await (const { seq, hash, text, texts } of new JournalReader(installation.owner).stream(party.id))
      lines.push(JSON.stringify({ seq: String(seq), hash: hash.toString('hex'), entry: text, texts }))
    return lines
  },
}

export const journalKey: Command = {
  name: 'journal key',
  about: 'Prints the public key that signs how far the journal has come, and its fingerprint, to be read out to the parties.',
  more: 'A party compares the fingerprint with the one on its page of the journal, and with the one that verify.mjs prints.',
  options: {},
  prepare:
    () =>
    async ({ config }) => {
      if (!existsSync(config.journalKeyFile))
        throw new Failure(`There is no key at ${config.journalKeyFile} yet: the server makes it when it first signs.`)
      const key = publicOf(await openSigningKey(config.journalKeyFile))
      return [`Key: ${key}`, `Fingerprint (SHA-256): ${fingerprintOf(key)}`]
    },
}
