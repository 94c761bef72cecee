import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { deriveConfig } from '../config/config.ts'
import { readEnvironment } from '../config/environment.ts'
import { InvalidInput } from '../graph/failures.ts'
import { openCollaboration } from './collaborations.ts'
import { type Command, Given, WrongUsage } from './command.ts'
import { overview, usage } from './help.ts'
import { openInstallation } from './installation.ts'
import { list } from './listing.ts'
import { inviteMember, removeMember } from './members.ts'
import { migrateDatabase } from './migrating.ts'
import { admitParty } from './parties.ts'
import { explain } from './words.ts'

/** `pnpm samsyn <command>`: see help.ts. What was done goes to standard output, what went wrong to standard error. */
const commands: readonly Command[] = [migrateDatabase, openCollaboration, admitParty, inviteMember, removeMember, list]

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
    Object.entries(command.options).map(([name, { several }]) => [name, { type: 'string' as const, multiple: several ?? false }]),
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

const perform = async (command: Command, given: Given): Promise<void> => {
  const config = deriveConfig(readEnvironment(process.env), root)
  const installation = await openInstallation(config, { unmigrated: command.unmigrated ?? false })
  try {
    for (const line of await command.run(given, installation)) console.log(line)
  } finally {
    await installation.close()
  }
}

const run = async (words: readonly string[]): Promise<void> => {
  const [first, ...others] = words
  if (first === '--help' || first === '-h' || (first === 'help' && others.length === 0)) return console.log(overview(commands))
  if (first === 'help') return console.log(usage(find(others).command))
  const { command, rest } = find(words)
  const given = read(command, rest)
  if (given === undefined) return console.log(usage(command))
  await perform(command, given)
}

run(process.argv.slice(2)).then(
  () => process.exit(0),
  (error: unknown) => {
    if (error instanceof WrongUsage) {
      console.error(`${error.message}\n\n${error.command ? usage(error.command) : overview(commands)}`)
      process.exit(2)
    }
    console.error(explain(error))
    process.exit(error instanceof InvalidInput ? 2 : 1)
  },
)
