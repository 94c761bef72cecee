import { setTimeout as delay } from 'node:timers/promises'
import { openWorld } from '../world/world.ts'
import { ask } from './asking.ts'
import { Crowd, followers, memory, PROBE, ROOM, start } from './crowd.ts'
import type { Following } from './load.ts'
import { median, spread, table } from './numbers.ts'
import type { Memory } from './probe.ts'
import type { Size } from './size.ts'
import type { PeerOptions } from './peer.ts'

// What a server keeps for one who follows and is told nothing.

const SETTLE_MS = 3_000

export const idle = async ({ postgres, sockets, runs }: Size): Promise<string> => {
  const measured = { raw: [] as Grown[], ours: [] as Grown[] }
  for (let run = 0; run < runs; run++) {
    const raw = start('peer.ts')
    const options: PeerOptions = { kind: 'raw', payload: '{}', databaseUrl: '' }
    const address = await ask<string>(raw, 'open', options)
    const bare = (number: number) => Array.from({ length: number }, () => ({ address, headers: {}, say: undefined }))
    measured.raw.push(await grow(raw, async (number) => bare(number), sockets))
    raw.kill()

    const world = await openWorld({ postgres, nodeArguments: PROBE, env: ROOM })
    const actor = await world.as('Torsby')
    measured.ours.push(await grow(world.server.process, (number) => followers(world, actor, number, 'same'), sockets))
    await world.close()
  }
  const limit = median(measured.raw.map(({ held }) => held))
  const rows = Object.entries(measured).map(([name, grown]) => {
    const kB = (of: (one: Grown) => number) => (median(grown.map(of)) / 1024).toFixed(1)
    return [
      name === 'raw' ? 'limit: accepted by ws, nothing more' : 'ours, following',
      kB(({ held }) => held),
      `${(median(grown.map(({ held }) => held)) / limit).toFixed(2)} ×`,
      spread(grown.map(({ held }) => held)),
      kB(({ rss }) => rss),
      kB(({ unused }) => unused),
    ]
  })
  return [
    `idle: ${sockets} sockets, ${runs} runs`,
    table(['', 'held kB', 'to limit', 'spread', 'RSS kB', 'unused kB'], rows),
    NOTES,
  ].join('\n\n')
}

interface Grown {
  /** What its objects take, in the heap and beside it. */
  readonly held: number
  /** What the process takes of the machine. */
  readonly rss: number
  /** Of that, pages of the heap that the rush of so many made V8 take, and that hold nothing. */
  readonly unused: number
}

/** By how much a process grows for each socket, when everything that can be let go of has been. */
const grow = async (
  server: Parameters<typeof memory>[0],
  wanted: (number: number) => Promise<readonly Following[]>,
  sockets: number,
): Promise<Grown> => {
  const crowd = new Crowd()
  // The first few bring with them what any number needs: compiled code, pools, the document.
  await crowd.open(await wanted(100))
  await delay(SETTLE_MS)
  const before = await memory(server)
  await crowd.open(await wanted(sockets))
  await delay(SETTLE_MS)
  const after = await memory(server)
  crowd.child.kill()
  const growth = (of: (memory: Memory) => number) => (of(after) - of(before)) / sockets
  return {
    held: growth(({ heapUsed, external }) => heapUsed + external),
    rss: growth(({ rss }) => rss),
    unused: growth(({ heapTotal, heapUsed }) => heapTotal - heapUsed),
  }
}

const NOTES = `Growth of the server's process for each socket, after collecting garbage, from 100 sockets on. What the kernel keeps for a connection is
in neither. Held is what objects take; RSS counts whole pages, also such as a rush of sockets made V8 take and that hold nothing afterwards.
Ours has graphql-ws, the operation as it was asked, its context, the session, and a place in the group.`
