import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { fingerprintOf, openSigningKey, publicOf, type SignedHead } from '../chain/head.ts'
import type { Database } from '../data/database.ts'
import { JournalReader } from '../chain/read.ts'
import { headsOf, verifyStream } from '../chain/verify.ts'
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
  },
  prepare: (given) => async (installation) => {
    const kept = (await Promise.all(given.all('against').map(readHeads))).flat()
    const slug = given.maybe('collaboration')
    if (slug !== undefined) await collaborationBy(installation, slug)
    const { lines, broken } = await verdicts(installation.owner, kept, slug)
    if (broken > 0) throw new Failure(lines.join('\n'))
    return [...lines, 'The journal is whole.']
  },
}

/** What is to be said of every stream, of one collaboration or of all, and how many of them do not hold. */
export const verdicts = async (
  owner: Database,
  kept: readonly SignedHead[] = [],
  slug?: string,
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
      const verdict = await verifyStream(owner, head, ofStream, reader)
      if (verdict.broken) broken += 1
      if (verdict.broken) lines.push(`  ${head.name}: BROKEN at entry ${verdict.broken.seq}: ${verdict.broken.what}`)
      else if (verdict.entries > 0n) lines.push(`  ${head.name}: ${verdict.entries} entries, whole${erased(verdict.erased)}`)
    }
  }
  const strange = kept.filter(({ stream }) => !met.has(stream))
  for (const { stream } of strange) lines.push(`A kept head is of ${stream}: there is no such stream here.`)
  return { lines, broken: broken + strange.length }
}

const erased = (count: number): string => (count > 0 ? `; ${count} texts taken back since` : '')

export const exportJournal: Command = {
  name: 'journal export',
  about: "Writes all that a party has been told, one JSON object a line, for the party's own keeping and checking.",
  more: 'examples/verify.mjs checks it without this hub.',
  options: {
    collaboration: { value: '<slug>', about: 'the collaboration', required: true },
    party: { value: '<name>', about: 'the party, by name or mark', required: true },
  },
  prepare: (given) => async (installation) => {
    const collaboration = await collaborationBy(installation, given.text('collaboration'))
    const party = await partyBy(installation, collaboration.id, given.text('party'))
    const lines: string[] = []
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
