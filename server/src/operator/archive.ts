import { resolve } from 'node:path'
import type { Collaboration } from '@samsyn/prisma/client'
import { Archiving, type Cut, type Held, type Stream } from '../archive/archiving.ts'
import { forgetIn } from '../archive/forget.ts'
import { nameOf } from '../archive/format.ts'
import { ledgerPath, readErasures } from '../backup/ledger.ts'
import { collaborationBy } from './collaborations.ts'
import { type Command, Failure, WrongUsage } from './command.ts'
import type { Installation } from './installation.ts'

/** What is younger is looked back upon in the first room, by the weekly letter, and by those who were away over the summer. */
const LEAST_MONTHS = 3
const MOST_MONTHS = 1_200
const FOR_EVER = 'for-ever'

const kept = (months: number | null): string => (months === null ? 'for ever' : `for ${months} months`)

export const keepJournal: Command = {
  name: 'journal keep',
  about: "Says for how long a collaboration's journal is kept in the database. The parties see it on their pages of the journal.",
  more: 'Nothing is taken away by it: "journal archive" does that, and only of what is older.',
  options: {
    collaboration: { value: '<slug>', about: 'the collaboration', required: true },
    months: { value: `<number>|${FOR_EVER}`, about: `from ${LEAST_MONTHS} to ${MOST_MONTHS}`, required: true },
  },
  prepare: (given) => {
    const said = given.text('months')
    const months = said === FOR_EVER ? null : Number(said)
    if (months !== null && !(/^\d+$/.test(said) && months >= LEAST_MONTHS && months <= MOST_MONTHS))
      throw new WrongUsage(
        [`--months is "${said}": a number from ${LEAST_MONTHS} to ${MOST_MONTHS}, or ${FOR_EVER}, is needed`],
        keepJournal,
      )
    return async (installation) => {
      const { id, name } = await collaborationBy(installation, given.text('collaboration'))
      await installation.owner.write(undefined, (transaction) =>
        transaction.collaboration.update({ where: { id }, data: { journalMonths: months } }),
      )
      return [`The journal of ${name} is kept ${kept(months)}.`]
    }
  },
}

/** The day from which on everything stays, at its beginning in UTC, as heads are signed. */
const keptFrom = (months: number, now: Date): Date => {
  const [year, month] = [now.getUTCFullYear(), now.getUTCMonth() - months]
  // The month then may be shorter: of the 31st of May three months before is the 28th of February, and not a day in March.
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  return new Date(Date.UTC(year, month, Math.min(now.getUTCDate(), last)))
}

const isDay = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text

export const archiveJournal: Command = {
  name: 'journal archive',
  about: 'Takes what is older than it is kept for out of the journal and into files, when they have been read back and hold.',
  more: 'Without --yes it only says what it would do. What a party’s inbox or webhooks have yet to read stays. Words that were taken back since an earlier archive are taken out of that one first. See the README, "The journal".',
  options: {
    collaboration: { value: '<slug>', about: 'the collaboration', required: true },
    to: { value: '<folder>', about: 'where its archives lie, the earlier ones too', required: true },
    before: { value: '<date>', about: 'only what is older than this day, for example 2025-01-01' },
    yes: { about: 'do it' },
  },
  prepare: (given) => {
    const before = given.maybe('before')
    const yes = given.has('yes')
    if (before !== undefined && !isDay(before))
      throw new WrongUsage([`--before is "${before}": a day such as 2025-01-01 is needed`], archiveJournal)
    const folder = resolve(given.text('to'))
    return async (installation) => {
      const collaboration = await collaborationBy(installation, given.text('collaboration'))
      const day = dayFor(collaboration, before, new Date())
      const forgotten = yes ? await forgetIn(folder, await takenBack(installation)) : 0
      const archiving = new Archiving(installation.owner, installation.ownerUrl, folder)
      const done = await archive(archiving, await streamsOf(installation, collaboration), day, yes)
      const lines = [
        `${collaboration.name}: what is older than ${day.toISOString().slice(0, 10)}`,
        ...(forgotten > 0 ? [`  ${forgotten} texts were taken back since they were archived, and are taken out.`] : []),
        ...(done.length > 0 ? done : ['  Nothing is.']),
      ]
      return yes ? lines : [...lines, 'Nothing has been done yet: --yes does it.']
    }
  },
}

/** Nobody archives what the parties were told is kept. */
const dayFor = ({ journalMonths, name, slug }: Collaboration, before: string | undefined, now: Date): Date => {
  if (journalMonths === null)
    throw new Failure(`The journal of ${name} is kept for ever. "samsyn journal keep --collaboration ${slug}" says for how long.`)
  const limit = keptFrom(journalMonths, now)
  const wanted = before === undefined ? limit : new Date(`${before}T00:00:00Z`)
  if (wanted <= limit) return wanted
  throw new Failure(
    `The journal of ${name} is kept for ${journalMonths} months: --before may be ${limit.toISOString().slice(0, 10)} at the latest.`,
  )
}

/** The parties' streams, also of those that have left. What only a member is told is signed for nobody, and stays. */
const streamsOf = async ({ owner }: Installation, { id, slug }: Collaboration): Promise<Stream[]> => {
  const parties = await owner.read(undefined, (transaction) =>
    transaction.party.findMany({ where: { collaborationId: id }, orderBy: { ordinal: 'asc' } }),
  )
  return parties.map((party) => ({ id: party.id, party: party.name, collaboration: slug }))
}

const archive = async (archiving: Archiving, streams: readonly Stream[], before: Date, yes: boolean): Promise<string[]> => {
  const lines: string[] = []
  for (const stream of streams) {
    let { cut, held } = await archiving.plan(stream, before)
    if (yes && cut) {
      lines.push(tell(cut, `in ${(await archiving.take(cut)).folder}`))
      // Somebody was interrupted: what has become old enough since then is another one.
      if (cut.lies) {
        ;({ cut, held } = await archiving.plan(stream, before))
        if (cut) lines.push(tell(cut, `in ${(await archiving.take(cut)).folder}`))
      }
    } else if (cut)
      lines.push(tell(cut, cut.lies ? 'lie there already, and are to be taken out of the journal' : 'to be archived'))
    if (held) lines.push(holding(held))
  }
  return lines
}

const tell = (cut: Cut, what: string): string =>
  `  ${cut.stream.party}: entries ${nameOf(cut)}, until ${cut.until.toISOString()}, ${what}`

const holding = ({ stream, reader, seq }: Held): string =>
  `  ${stream.party}: what comes after entry ${seq} stays for now: ${reader} has yet to read it`

/** Comments that were taken back: as this database has it, and as servers have noted it beside theirs. */
const takenBack = async ({ owner, config }: Installation, files: readonly string[] = []): Promise<ReadonlySet<string>> => {
  const here = await owner.read(undefined, (transaction) =>
    transaction.comment.findMany({ where: { withdrawnAt: { not: null } }, select: { id: true } }),
  )
  const noted = (await Promise.all([ledgerPath(config.dataDir), ...files].map(readErasures))).flat()
  return new Set([...here.map(({ id }) => id), ...noted.map(({ comment }) => comment)])
}

export const eraseArchived: Command = {
  name: 'journal erase',
  about: 'Takes the words of what was taken back since out of archives. They hold as before.',
  more: 'What was taken back is known from the database, from erased.jsonl in DATA_DIR, and from the files that are named. Copies of archives that lie elsewhere are to be given too.',
  options: {
    archive: { value: '<folder>', about: 'where archives lie', required: true, several: true },
    erased: { value: '<file>', about: 'erased.jsonl of a server, where DATA_DIR is another one', several: true },
  },
  prepare: (given) => async (installation) => {
    const comments = await takenBack(installation, given.all('erased'))
    let forgotten = 0
    for (const folder of given.all('archive')) forgotten += await forgetIn(resolve(folder), comments)
    return [`${forgotten} texts were taken out.`]
  },
}
