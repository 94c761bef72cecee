import { expect } from 'vitest'
import { type Message, Plain } from '../realtime/plain.ts'
import type { Actor } from '../world/actor.ts'

// A request at either door, and what comes of it.

export interface Refusal {
  readonly status: number
  readonly message: string | undefined
  readonly extensions: Record<string, unknown> | undefined
  readonly headers?: Headers
}

export interface Request {
  /** Over a socket there is always one, empty where a hash stands for it: graphql-ws wants a string. */
  readonly query?: string
  readonly variables?: Record<string, unknown>
  readonly extensions?: Record<string, unknown>
}

export const overHttp = async (who: Actor, request: Request): Promise<Refusal> => {
  const response = await who.fetch('/graphql', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json',
      origin: who.origin,
      'samsyn-collaboration': 'sutohamu',
    },
    body: JSON.stringify(request),
  })
  const { errors } = (await response.json()) as { errors?: { message: string; extensions?: Record<string, unknown> }[] }
  return {
    status: response.status,
    headers: response.headers,
    message: errors?.[0]?.message,
    extensions: errors?.[0]?.extensions,
  }
}

export const open = async (who: Actor): Promise<Plain> => {
  const plain = new Plain(who)
  expect(await plain.refused()).toBeUndefined()
  return plain
}

export const errorIn = ({ payload }: Message) =>
  payload && 'errors' in payload ? payload.errors?.[0] : Array.isArray(payload) ? payload[0] : undefined

/** A full page of full pages; or of one, as `$first` says. */
export const wide = `query ($first: Int = 100) { collaboration { tasks(first: $first) { nodes { comments(first: 100) { nodes { readers { name } files { party { name } attachedBy { name } } } } } } } }`
