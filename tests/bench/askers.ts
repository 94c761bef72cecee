import type { ChildProcess } from 'node:child_process'
import { formatDocument, stringifyDocument, type TypedDocumentNode } from '@urql/core'
import type { Actor } from '../world/actor.ts'
import type { Asked, Asking } from './asker.ts'
import { ask } from './asking.ts'
import type { Replayed, Replaying } from './bare.ts'
import { start, usage } from './crowd.ts'
import { quantile } from './numbers.ts'

// Entrants that are asked again and again, and what a run of one comes to.

export interface Ran {
  readonly perSecond: number
  /** The middle and the slow of the waits, in milliseconds. */
  readonly p50: number
  readonly p99: number
  /** Processor time for each, in milliseconds. */
  readonly server: number
  readonly load: number
}

export interface Asker {
  readonly name: string
  readonly run: (times: number) => Promise<Ran>
  readonly runs: Ran[]
  /** Lets go of what it asks. */
  readonly close: () => Promise<unknown>
}

const ran = ({ seconds, waits }: Asked | Replayed, times: number, server: number, load: number): Ran => ({
  perSecond: times / seconds,
  p50: quantile(waits, 0.5),
  p99: quantile(waits, 0.99),
  server: server / times / 1_000,
  load: load / times / 1_000,
})

/** Somebody's requests to a server, as pages send them. */
export const asking = async (
  name: string,
  server: ChildProcess,
  what: Asking,
  versions: readonly number[] = [],
): Promise<Asker & { bytes: () => number }> => {
  const load = start('asker.ts')
  await ask(load, 'begin', { asking: what, versions })
  let bytes = 0
  const run = async (times: number) => {
    const [server0, load0] = [await usage(server), await usage(load)]
    const asked = await ask<Asked>(load, 'run', times)
    const [server1, load1] = [await usage(server), await usage(load)]
    bytes = asked.bytes
    return ran(asked, times, server1.cpu - server0.cpu, load1.cpu - load0.cpu)
  }
  return { name, run, runs: [], bytes: () => bytes, close: async () => load.kill() }
}

/** The same of PostgreSQL, without a server between: the process that asks counts as the server. */
export const replaying = async (name: string, what: Replaying): Promise<Asker> => {
  const bare = start('bare.ts')
  await ask(bare, 'connect', what)
  const run = async (times: number) => {
    const before = await usage(bare)
    const replayed = await ask<Replayed>(bare, 'replay', times)
    const after = await usage(bare)
    return ran(replayed, times, after.cpu - before.cpu, 0)
  }
  return { name, run, runs: [], close: () => ask(bare, 'disconnect') }
}

/** All take turns; not counted are those that warm up. */
export const takeTurns = async (askers: readonly Asker[], times: number, runs: number, warming: number): Promise<void> => {
  for (let run = -warming; run < runs; run++) {
    for (const asker of askers) {
      const measured = await asker.run(times)
      if (run >= 0) asker.runs.push(measured)
    }
  }
}

/** Header fields of a request as a page of ours sends it. */
export const headersOf = ({ origin, cookie, seat }: Actor): Record<string, string> => ({
  'content-type': 'application/json',
  accept: 'application/graphql-response+json, application/json',
  'samsyn-collaboration': seat.slug,
  origin,
  cookie: cookie ?? '',
})

/** What is sent for a document, as urql sends it. */
export const bodyOf = <Data, Variables>(document: TypedDocumentNode<Data, Variables>, variables: unknown): string =>
  JSON.stringify({ query: stringifyDocument(formatDocument(document)), variables })
