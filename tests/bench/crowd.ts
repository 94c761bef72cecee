import { type ChildProcess, fork } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { formatDocument, stringifyDocument } from '@urql/core'
import { byHash, hashOf } from '../../client/src/lib/graph/byHash.ts'
import { Changes } from '../../client/src/lib/graph/changes.ts'
import type { Actor } from '../world/actor.ts'
import type { World } from '../world/world.ts'
import { ask } from './asking.ts'
import type { Following, Told } from './load.ts'
import type { Memory, Usage } from './probe.ts'

/** What pages follow with. */
export const document = stringifyDocument(formatDocument(Changes))
/** What they say instead. */
const hash = await hashOf(document)

export const PROBE = ['--expose-gc', '--import', join(import.meta.dirname, 'probe.ts')]

/** Those who follow, and those who ask, are all one person, who may not hold or ask so much otherwise. */
export const ROOM = {
  SOCKET_LIMIT: '1000000',
  SUBSCRIPTION_LIMIT: '1000000',
  FOLLOWER_LIMIT: '1000000',
  RATE_LIMIT: '1000000000',
}

const started: ChildProcess[] = []
process.once('exit', () => {
  for (const child of started) child.kill('SIGKILL')
})

/** One of our processes beside the server, measured like it. */
export const start = (file: string): ChildProcess => {
  const child = fork(join(import.meta.dirname, file), { execArgv: PROBE })
  started.push(child)
  return child
}

export const usage = (child: ChildProcess): Promise<Usage> => ask(child, 'usage')
export const memory = (child: ChildProcess): Promise<Memory> => ask(child, 'memory')

/** Many who follow, in a process of their own. */
export class Crowd {
  readonly child = start('load.ts')
  #size = 0

  get size(): number {
    return this.#size
  }

  async open(followings: readonly Following[]): Promise<void> {
    this.#size += followings.length
    await ask(this.child, 'open', followings)
  }

  /** Every one has been told of so many entries since the last `forget`. */
  until(entries: number): Promise<void> {
    return ask(this.child, 'until', entries * this.#size)
  }

  forget(): Promise<void> {
    return ask(this.child, 'forget')
  }

  told(): Promise<Told[]> {
    return ask(this.child, 'told')
  }

  sample(): Promise<string> {
    return ask(this.child, 'sample')
  }
}

/** How operations are named and asked: all the same and by the document's hash, as our pages do, or each its own with the text, as graphql-ws does unless told otherwise. */
export type Naming = 'same' | 'own'

/** Those who follow the actor's party as its pages do, each signed in for itself: from where it is now, or from a cursor. */
export const followers = async (
  world: World,
  actor: Actor,
  number: number,
  naming: Naming,
  from?: string,
): Promise<Following[]> => {
  const tokens = Array.from({ length: number }, () => randomBytes(32).toString('base64url'))
  // As the door does it, without a thousand visits.
  await world.sql(
    `insert into session (token_hash, person_id, expires_at)
     select token, person_id, now() + interval '12 hours'
     from member, unnest($2::bytea[]) as token where id = $1`,
    [actor.seat.memberId, tokens.map((token) => createHash('sha256').update(token).digest())],
  )
  const name = actor.cookie?.split('=', 1)[0] ?? ''
  const after = from ?? (await actor.cursor())
  return tokens.map((token) => ({
    address: `${actor.origin.replace('http', 'ws')}/graphql`,
    headers: { origin: actor.origin, cookie: `${name}=${token}` },
    say: sayings({ collaboration: actor.seat.slug }, { after }, naming),
  }))
}

export const sayings = (
  connect: Readonly<Record<string, unknown>>,
  variables: Readonly<Record<string, unknown>>,
  naming: Naming,
): [connect: string, subscribe: string] => [
  JSON.stringify({ type: 'connection_init', payload: connect }),
  JSON.stringify({
    id: naming === 'same' ? 'Changes' : crypto.randomUUID(),
    type: 'subscribe',
    payload: {
      ...(naming === 'same' ? { query: '', extensions: byHash(hash) } : { query: document }),
      operationName: 'Changes',
      variables,
    },
  }),
]
