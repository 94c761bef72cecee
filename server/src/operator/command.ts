import type { Installation } from './installation.ts'

/** An option of a command. */
export interface Option {
  /** What the value is, for the help: `<slug>`, or the words to choose from. Without one, it is said or not. */
  readonly value?: string
  readonly about: string
  readonly required?: boolean
  /** May be given several times. */
  readonly several?: boolean
}

/** What was given for each option: one value, or a list where it may be given several times. */
export class Given {
  readonly #values: Readonly<Record<string, string | string[] | undefined>>

  constructor(values: Readonly<Record<string, string | string[] | undefined>>) {
    this.#values = values
  }

  /** The value, empty when the option was left out. */
  text(name: string): string {
    return this.maybe(name) ?? ''
  }

  maybe(name: string): string | undefined {
    const value = this.#values[name]
    return Array.isArray(value) ? value[0] : value
  }

  has(name: string): boolean {
    return this.#values[name] !== undefined
  }

  all(name: string): string[] {
    const value = this.#values[name]
    return value === undefined ? [] : Array.isArray(value) ? value : [value]
  }
}

/** Does it, and returns the lines to print. */
export type Deed = (installation: Installation) => Promise<readonly string[]>

export interface Command {
  /** How it is called: `party admit`. */
  readonly name: string
  /** One line for the list of commands. */
  readonly about: string
  /** What else its help says. */
  readonly more?: string
  readonly options: Readonly<Record<string, Option>>
  /** A database that lacks migrations will do. */
  readonly unmigrated?: boolean
  /** Looks at what was given, before any database is touched, and returns what is to be done with it. */
  readonly prepare: (given: Given) => Deed
}

/** Asked in a way that can't be answered: exit code 2, and a hint at the help. */
export class WrongUsage extends Error {
  readonly command: Command | undefined
  constructor(problems: readonly string[], command?: Command) {
    super(problems.join('\n'))
    this.name = 'WrongUsage'
    this.command = command
  }
}

/** Asked well, and yet it can't be done: exit code 1, and only the sentence. */
export class Failure extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'Failure'
  }
}
