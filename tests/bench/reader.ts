import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { PrismaPg } from '@prisma/adapter-pg'
import { PrismaClient } from '@samsyn/prisma/client'
import { createYoga } from 'graphql-yoga'
import pg from 'pg'
import type { Actor } from '../../server/src/access/viewer.ts'
import type { Transaction } from '../../server/src/data/database.ts'
import { builder } from '../../server/src/graph/builder.ts'
import type { Context } from '../../server/src/graph/context.ts'
import { createLoaders } from '../../server/src/graph/loaders.ts'
import '../../server/src/graph/schema.ts'
import { answering } from './asking.ts'

// Other servers that answer what ours does: with as little as can be done, and as one is made of Yoga, Pothos and Prisma.

export type ReaderOptions = { readonly databaseUrl: string; readonly connections: number } & (
  | { readonly kind: 'bare'; readonly query: string; readonly values: readonly unknown[]; readonly answer: string }
  | { readonly kind: 'yoga'; readonly viewer: Actor }
)

/** One statement, and the answer written as JSON: the one that ours gave, so that as much is written. */
const bare = ({ databaseUrl, connections, query, values, answer }: ReaderOptions & { kind: 'bare' }): RequestListener => {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: connections })
  // The database goes before its clients do.
  pool.on('error', () => undefined)
  const data = JSON.parse(answer) as unknown
  return (request, response) => {
    request.resume()
    request.once('end', () => {
      const found = pool.query({ name: 'answer', text: query, values: [...values] })
      found.then(
        () => {
          const text = JSON.stringify(data)
          response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }).end(text)
        },
        (error: unknown) => response.writeHead(500).end(String(error)),
      )
    })
  }
}

/** The same schema, without asking who may, as the owner to whom no policies apply, and without transactions. */
const yoga = ({ databaseUrl, connections, viewer }: ReaderOptions & { kind: 'yoga' }): RequestListener => {
  const adapter = new PrismaPg({ connectionString: databaseUrl, max: connections }, { onPoolError: () => undefined })
  // No transaction, but asked as one.
  const prisma = new PrismaClient({ adapter }) as unknown as Transaction
  // Nothing that is asked here needs more of a context.
  const context = () =>
    ({ viewer, transaction: prisma, load: createLoaders(() => prisma, viewer) }) as unknown as Context & Record<string, unknown>
  return createYoga({ schema: builder.toSchema({ disableScopeAuth: true }), context, graphiql: false, logging: false })
}

answering({
  open: async (input) => {
    const options = input as ReaderOptions
    const server = createServer(options.kind === 'bare' ? bare(options) : yoga(options))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`
  },
})
