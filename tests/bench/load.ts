import { WebSocket } from 'ws'
import { answering } from './asking.ts'

// Those who follow: a process of its own, with many sockets, that counts what each of its entries was told to how many.

export interface Following {
  readonly address: string
  readonly headers: Readonly<Record<string, string>>
  /** What is said first, and then once that has been acknowledged; nothing where there is nobody to say it to. */
  readonly say: readonly [connect: string, subscribe: string] | undefined
}

export interface Told {
  readonly id: string
  readonly at: string
  readonly times: number
  /** When the last was told, in milliseconds as the clock has them. */
  readonly last: number
}

interface Entry {
  readonly id: string
  readonly at: string
}

const sockets: WebSocket[] = []
let told = new Map<string, { at: string; times: number; last: number }>()
let deliveries = 0
let sample = ''
let waiting: { readonly number: number; readonly reached: () => void } | undefined

/** The same text comes to a thousand: it is taken apart once. */
const known = new Map<string, readonly Entry[]>()
const entriesOf = (payload: string): readonly Entry[] => {
  const found = known.get(payload)
  if (found) return found
  const { data, errors } = JSON.parse(payload) as { data?: { changes: { changes?: Entry[] } }; errors?: unknown }
  if (!data?.changes.changes) throw new Error(`told of no batch: ${JSON.stringify(errors ?? data)}`)
  const entries = data.changes.changes.map(({ id, at }) => ({ id, at }))
  if (known.size >= 200) known.clear()
  known.set(payload, entries)
  sample = payload
  return entries
}

const BEFORE = '"payload":'

const hear = (text: string): void => {
  const now = performance.timeOrigin + performance.now()
  for (const { id, at } of entriesOf(text.slice(text.indexOf(BEFORE) + BEFORE.length, -1))) {
    const before = told.get(id)
    if (before) {
      before.times += 1
      before.last = now
    } else told.set(id, { at, times: 1, last: now })
    deliveries += 1
  }
  if (waiting && deliveries >= waiting.number) {
    waiting.reached()
    waiting = undefined
  }
}

const open = ({ address, headers, say }: Following): Promise<void> =>
  new Promise((opened, failed) => {
    const socket = new WebSocket(address, say ? 'graphql-transport-ws' : [], { headers, perMessageDeflate: false })
    sockets.push(socket)
    socket.on('error', failed)
    socket.on('close', (code) => failed(new Error(`closed with ${code}`)))
    socket.on('open', () => {
      if (say) socket.send(say[0])
      else opened()
    })
    socket.on('message', (data: Buffer) => {
      const text = data.toString()
      if (text.includes('"type":"next"')) return hear(text)
      if (text.includes('"type":"connection_ack"') && say) {
        socket.send(say[1])
        return opened()
      }
      if (text.includes('"type":"ping"')) return socket.send('{"type":"pong"}')
      throw new Error(`a socket was told: ${text.slice(0, 500)}`)
    })
  })

answering({
  open: async (input) => {
    // Not all at once: a server takes so many in a moment, and no more.
    const wanted = [...(input as Following[])]
    const one = async () => {
      for (let next = wanted.pop(); next; next = wanted.pop()) await open(next)
    }
    await Promise.all(Array.from({ length: 32 }, one))
  },
  /** Answered when so many have been told in all since the last time that was forgotten. */
  until: (input) =>
    new Promise<void>((reached) => {
      if (deliveries >= Number(input)) return reached()
      waiting = { number: Number(input), reached }
    }),
  forget: () => {
    told = new Map()
    deliveries = 0
  },
  told: (): Told[] => [...told].map(([id, tally]) => ({ id, ...tally })),
  /** The payload of the last message. */
  sample: () => sample,
})
