import { createHash, randomUUID } from 'node:crypto'
import pg from 'pg'
import { answering } from './asking.ts'
import type { Statement } from './probe.ts'

// PostgreSQL asked by `pg` and nothing around it: the same statements, one after the other on each connection, planned once on each.

export interface Replaying {
  readonly databaseUrl: string
  /** One list for each connection. */
  readonly statements: readonly (readonly Statement[])[]
  /** Ids in them that are new each time. */
  readonly fresh: readonly string[]
}

export interface Replayed {
  readonly seconds: number
  /** Of each time through the list, in milliseconds. */
  readonly waits: readonly number[]
  readonly rows: number
}

const nameOf = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 20)
const renew = (value: unknown, ids: ReadonlyMap<string, string>): unknown =>
  typeof value === 'string' ? (ids.get(value) ?? value) : value

let replaying: Replaying | undefined
let clients: pg.Client[] = []
let named: { text: string; name: string | undefined; values: readonly unknown[] }[][] = []

answering({
  connect: async (input) => {
    replaying = input as Replaying
    const { databaseUrl, statements } = replaying
    clients = statements.map(() => new pg.Client({ connectionString: databaseUrl }))
    // The database goes before its clients do.
    for (const client of clients) client.on('error', () => undefined)
    await Promise.all(clients.map((client) => client.connect()))
    // Beginnings are several statements in one, and have no plan.
    named = statements.map((list) =>
      list.map(({ text, values }) => ({ text, values, name: values.length > 0 ? nameOf(text) : undefined })),
    )
  },
  /** Through the list so many times in all. */
  replay: async (input): Promise<Replayed> => {
    const waits: number[] = []
    let left = Number(input)
    let rows = 0
    const began = performance.now()
    const one = async (client: pg.Client, connection: number) => {
      while (left-- > 0) {
        const ids = new Map(replaying?.fresh.map((id) => [id, randomUUID()]))
        const sent = performance.now()
        for (const { text, name, values } of named[connection] ?? []) {
          const result = await client.query({ text, ...(name && { name, values: values.map((value) => renew(value, ids)) }) })
          rows += result.rowCount ?? 0
        }
        waits.push(performance.now() - sent)
      }
    }
    await Promise.all(clients.map(one))
    return { seconds: (performance.now() - began) / 1_000, waits, rows }
  },
  disconnect: async () => {
    await Promise.all(clients.map((client) => client.end()))
  },
})
