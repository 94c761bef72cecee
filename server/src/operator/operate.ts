import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { deriveConfig } from '../config/config.ts'
import { readEnvironment } from '../config/environment.ts'
import { InvalidInput } from '../graph/failures.ts'
import { openCollaboration } from './collaborations.ts'
import { type Command, type Deed, Given, WrongUsage } from './command.ts'
import { overview, usage } from './help.ts'
import { archiveJournal, eraseArchived, keepJournal } from './archive.ts'
import { backup, restore } from './backups.ts'
import { exportJournal, journalKey, verifyJournal } from './journal.ts'
import { createKey, revokeKey, rotateKey } from './keys.ts'
import { list } from './listing.ts'
import { inviteMember, removeMember } from './members.ts'
import { migrateDatabase } from './migrating.ts'
import { admitParty } from './parties.ts'
import { explain } from './words.ts'

const commands: readonly Command[] = [
  migrateDatabase,
  openCollaboration,
  admitParty,
  inviteMember,
  removeMember,
  createKey,
  rotateKey,
  revokeKey,
  verifyJournal,
  exportJournal,
  journalKey,
  keepJournal,
  archiveJournal,
  eraseArchived,
  backup,
  restore,
  list,
]

const root = resolve(import.meta.dirname, '../../..')

/** The command whose name the words begin with, and the words after it. */
const find = (words: readonly string[]): { command: Command; rest: string[] } => {
  for (const command of commands) {
    const name = command.name.split(' ')
    if (name.every((word, index) => words[index] === word)) return { command, rest: words.slice(name.length) }
  }
  const said = words.slice(0, 2).filter((word) => !word.startsWith('-'))
  throw new WrongUsage([said.length > 0 ? `There is no command "${said.join(' ')}"` : 'A command is missing'])
}

/** The options given to a command; throws with all that is missing. Undefined when its help was asked for. */
const read = (command: Command, rest: string[]): Given | undefined => {
  const options = Object.fromEntries(
    Object.entries(command.options).map(([name, { value, several }]) => [
      name,
      { type: value === undefined ? ('boolean' as const) : ('string' as const), multiple: several ?? false },
    ]),
  )
  let values: Record<string, string | boolean | (string | boolean)[] | undefined>
  try {
    ;({ values } = parseArgs({ args: rest, options: { ...options, help: { type: 'boolean', short: 'h' } }, strict: true }))
  } catch (error) {
    throw new WrongUsage([error instanceof Error ? error.message : String(error)], command)
  }
  if (values['help'] === true) return undefined
  const texts = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, Array.isArray(value) ? value.map(String) : String(value)]),
  )
  const missing = Object.entries(command.options).filter(([name, { required }]) => required && texts[name] === undefined)
  if (missing.length > 0)
    throw new WrongUsage(
      missing.map(([name]) => `--${name} is missing`),
      command,
    )
  return new Given(texts)
}

/** What a run sees, and what it says of it: results, and what went wrong. */
export interface Surroundings {
  readonly environment: NodeJS.ProcessEnv
  readonly tell: (text: string) => void
  readonly complain: (text: string) => void
}

/** The database and all that goes with it is only loaded by what has use for it: help is there at once. */
const perform = async (deed: Deed, unmigrated: boolean, { environment, tell, complain }: Surroundings): Promise<void> => {
  const config = deriveConfig(readEnvironment(environment), root)
  const { openInstallation } = await import('./installation.ts')
  // To forget the setting would be to work on another database than meant, and not to see it.
  if (config.databaseUrl === undefined)
    complain(`DATABASE_URL is not set: this is about the embedded database in ${config.dataDir}`)
  const installation = await openInstallation(config, { unmigrated })
  try {
    for (const line of await deed(installation)) tell(line)
  } finally {
    await installation.close()
  }
}

const run = async (words: readonly string[], around: Surroundings): Promise<void> => {
  const [first, ...others] = words
  if (first === '--help' || first === '-h' || (first === 'help' && others.length === 0)) return around.tell(overview(commands))
  if (first === 'help') return around.tell(usage(find(others).command))
  const { command, rest } = find(words)
  const given = read(command, rest)
  if (given === undefined) return around.tell(usage(command))
  await perform(command.prepare(given), command.unmigrated ?? false, around)
}

/** Does what the words say, and returns the exit code: 0 done, 1 failed, 2 wrong usage. */
export const operate = async (words: readonly string[], around: Surroundings): Promise<number> => {
  try {
    await run(words, around)
    return 0
  } catch (error) {
    if (error instanceof WrongUsage)
      around.complain(`${error.message}\n\n${error.command ? usage(error.command) : overview(commands)}`)
    else around.complain(explain(error))
    return error instanceof WrongUsage || error instanceof InvalidInput ? 2 : 1
  }
}
