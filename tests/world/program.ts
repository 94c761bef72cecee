import { mint, type Actor } from './actor.ts'
import { does, type Done, type Input } from './acts.ts'
import { Following } from './following.ts'
import type { ServerProcess } from './serverProcess.ts'
import type { Answer } from './visitor.ts'

/** A program with a party's key: it comes without a page, a cookie and a name of a collaboration. */
export class Program {
  readonly key: string
  readonly made: Done['subject']
  readonly cookie = undefined
  readonly slug = undefined
  readonly #server: ServerProcess

  constructor(server: ServerProcess, key: string, made: Done['subject']) {
    this.#server = server
    this.key = key
    this.made = made
  }

  get origin(): string {
    return `http://localhost:${this.#server.port}`
  }

  fetch(query: string, headers: Record<string, string> = {}, variables: Record<string, unknown> = {}): Promise<Response> {
    return fetch(`${this.origin}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${this.key}`, ...headers },
      body: JSON.stringify({ query, variables }),
    })
  }

  async ask(query: string, variables: Record<string, unknown> = {}, headers: Record<string, string> = {}): Promise<Answer> {
    const response = await this.fetch(query, headers, variables)
    const body = (await response.json()) as Omit<Answer, 'status'>
    return { ...body, data: body.data, errors: body.errors, status: response.status }
  }

  /** The same key with another secret, of which the program has been told. */
  with(secret: string): Program {
    return new Program(this.#server, secret, this.made)
  }

  follow(after?: string): Following {
    return new Following(this, { after })
  }
}

/** A key that somebody who may makes for a program of their party. */
export const programOf = async (server: ServerProcess, admin: Actor, name = 'Diariet', more: Input = {}): Promise<Program> => {
  const { subject, secret } = await does(admin, 'makeKey', { id: mint(), name, ...more })
  if (!secret) throw new Error('a key is shown when it is made')
  return new Program(server, secret, subject)
}
