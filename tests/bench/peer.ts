import { EventEmitter, on, once } from 'node:events'
import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import { PrismaClient } from '@samsyn/prisma/client'
import { buildSchema, execute, type ExecutionResult, subscribe } from 'graphql'
import { useServer } from 'graphql-ws/use/ws'
import { WebSocketServer } from 'ws'
import { uuidOf } from '../world/actor.ts'
import { answering } from './asking.ts'

// Other servers that tell many: each tells the same bytes as ours when it is asked to publish.

export type PeerKind = 'raw' | 'graphql' | 'prisma'
export interface PeerOptions {
  readonly kind: PeerKind
  /** What ours told of one entry. */
  readonly payload: string
  readonly databaseUrl: string
}

interface Change {
  readonly id: string
  readonly subject: { readonly id: string }
}
type Root = { readonly changes: { readonly changes: readonly Change[] } }
interface Published {
  /** The entry goes by this number, where that is known. */
  readonly publish: (number: unknown) => void
  readonly subscribers: () => number
}

/** As little as can be done: one frame, made once, written to each socket. */
const raw = (sockets: WebSocketServer, { payload }: PeerOptions): Published => {
  const { data } = JSON.parse(payload) as { data?: Root }
  const entry = data?.changes.changes[0]?.id ?? ''
  return {
    publish: (number) => {
      const numbered = number === undefined ? payload : payload.replace(`"${entry}"`, `"${Number(number)}"`)
      const text = Buffer.from(`{"id":"1","type":"next","payload":${numbered}}`)
      for (const socket of sockets.clients) socket.send(text, { binary: false, compress: false })
    },
    subscribers: () => sockets.clients.size,
  }
}

/** As a server is written with graphql-ws and graphql-js: the document is executed for each who follows. */
const graphql = (sockets: WebSocketServer, { kind, payload, databaseUrl }: PeerOptions): Published => {
  const schema = buildSchema(readFileSync(join(import.meta.dirname, '../../schema/schema.graphql'), 'utf8'))
  const prisma =
    kind === 'prisma' ? new PrismaClient({ adapter: new PrismaPg({ connectionString: databaseUrl, max: 10 }) }) : undefined
  const { data } = JSON.parse(payload) as { data: Root }
  const published = new EventEmitter().setMaxListeners(0)

  /** The same, with its task read for the one who asks. */
  const withTask = (change: Change, database: PrismaClient) => ({
    ...change,
    subject: async () => {
      const task = await database.task.findFirst({ where: { id: uuidOf(change.subject.id), archivedAt: null } })
      if (!task) throw new Error('the task is gone')
      const { title, description, state, position, version } = task
      return { ...change.subject, title, description, state, position, version }
    },
  })
  const rootValue = prisma
    ? { changes: { ...data.changes, changes: data.changes.changes.map((change) => withTask(change, prisma)) } }
    : data

  const subscription = schema.getSubscriptionType()?.getFields()['changes']
  if (!subscription) throw new Error('nothing to subscribe to')
  subscription.subscribe = async function* () {
    for await (const _ of on(published, 'published')) yield rootValue
  }
  useServer(
    {
      schema,
      subscribe: async (args) => (await subscribe(args)) as AsyncIterableIterator<ExecutionResult>,
      execute,
    },
    sockets,
  )
  return { publish: () => void published.emit('published'), subscribers: () => published.listenerCount('published') }
}

let published: Published | undefined
answering({
  open: async (input) => {
    const options = input as PeerOptions
    const sockets = new WebSocketServer({ port: 0, perMessageDeflate: false })
    await once(sockets, 'listening')
    published = options.kind === 'raw' ? raw(sockets, options) : graphql(sockets, options)
    return `ws://localhost:${(sockets.address() as AddressInfo).port}/`
  },
  publish: (number) => published?.publish(number),
  subscribers: () => published?.subscribers(),
})
