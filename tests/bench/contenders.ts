import type { ChildProcess } from 'node:child_process'
import { eventually } from '../world/eventually.ts'
import { does, jointTask } from '../world/acts.ts'
import { type PartyName, openWorld, type World } from '../world/world.ts'
import { ask } from './asking.ts'
import { Crowd, followers, type Naming, PROBE, ROOM, sayings, start } from './crowd.ts'
import type { PeerKind, PeerOptions } from './peer.ts'

/** A server with those who follow it. */
export interface Contender {
  readonly server: ChildProcess
  readonly crowd: Crowd
  /** One thing happens. */
  readonly act: () => Promise<unknown>
}

export interface Ours extends Contender {
  readonly world: World
  /** Where the acts are done: another server of the same database, so that the measured one does nothing but tell. */
  readonly writing: ChildProcess
  /** So many things happen at once. */
  readonly burst: (acts: number) => Promise<unknown>
}

export interface OursOptions {
  readonly postgres: string
  readonly sockets: number
  readonly parties: readonly PartyName[]
  readonly naming: Naming
  /** Beside what each measured process is started with. */
  readonly nodeArguments?: readonly string[]
}

const TASKS = 20
const DESCRIPTION = 'Belysningen vid gångvägen mellan skolan och badet ses över innan hösten, tillsammans med vaktmästarna.'

/** Our server as it is run, on a database of its own. The inbox is another path, and reads nothing here. */
export const ours = async ({ postgres, sockets, parties, naming, nodeArguments = [] }: OursOptions): Promise<Ours> => {
  const world = await openWorld({ postgres, nodeArguments: [...PROBE, ...nodeArguments], env: ROOM })
  const other = await world.anotherServer(PROBE)
  const writer = await world.as('Torsby', 'COORDINATOR', other)
  const tasks: { id: string; version: number }[] = []
  for (let number = 0; number < TASKS; number++) {
    const { id, version } = await jointTask(writer, { title: `Belysning ${number}`, description: DESCRIPTION })
    tasks.push({ id, version })
  }
  await world.sql('delete from inbox_cursor')
  let acts = 0
  const act = async () => {
    const task = tasks[acts++ % TASKS]
    if (!task) throw new Error('there is no task')
    const { subject } = await does(writer, 'editTask', { id: task.id, baseVersion: task.version, title: `Belysning ${acts}` })
    task.version = subject.version
  }
  const burst = (number: number) => Promise.all(Array.from({ length: number }, act))
  const crowd = new Crowd()
  for (const [index, party] of parties.entries()) {
    const share = Math.floor(((index + 1) * sockets) / parties.length) - Math.floor((index * sockets) / parties.length)
    await crowd.open(await followers(world, await world.as(party), share, naming))
  }
  return { world, server: world.server.process, writing: other.process, crowd, act, burst }
}

/** Another server that tells the same, of nothing that has happened. */
export const peer = async (kind: PeerKind, sockets: number, payload: string, databaseUrl: string): Promise<Contender> => {
  const server = start('peer.ts')
  const address = await ask<string>(server, 'open', { kind, payload, databaseUrl } satisfies PeerOptions)
  const crowd = new Crowd()
  const say = kind === 'raw' ? undefined : sayings({}, {}, 'own')
  await crowd.open(Array.from({ length: sockets }, () => ({ address, headers: {}, say })))
  await eventually('all have subscribed', async () => (await ask<number>(server, 'subscribers')) === sockets, 60_000)
  return { server, crowd, act: () => ask(server, 'publish') }
}
