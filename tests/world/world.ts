import { changeUrl, createDatabase, dropDatabase } from '@samsyn/prisma/engine/databases'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { inject } from 'vitest'
import { Actor, type Seat } from './actor.ts'
import { EMPTY, PLANTED } from './postgres.ts'
import { ServerProcess } from './serverProcess.ts'
import { cookieOf, Visitor } from './visitor.ts'

// A world is one database, the servers on it, and the cast of the pilot. Each test file opens its own:
//
//   const world = await openWorld()
//   afterAll(world.close)
//   const torsby = await world.as('Torsby')

export type PartyName = 'Sunne' | 'Torsby' | 'Hagfors' | 'Munkfors' | 'Polisen' | 'Region Värmland'
export type Role = 'COORDINATOR' | 'CONTRIBUTOR' | 'OBSERVER' | 'ADMIN'

export interface WorldOptions {
  /** False: a migrated database with nothing in it, where the demo's doors do not exist. */
  readonly seeded?: boolean
  /** Settings for the server beside those of every test. */
  readonly env?: NodeJS.ProcessEnv
  /** Arguments for node itself, for example a heap limit. */
  readonly nodeArguments?: readonly string[]
  /** Address of the PostgreSQL to open it in; without one, the run's. */
  readonly postgres?: string
}

export class World {
  readonly server: ServerProcess
  readonly #ownerUrl: string
  readonly #pool: pg.Pool
  readonly #others: ServerProcess[] = []
  readonly #environment: NodeJS.ProcessEnv

  constructor(ownerUrl: string, environment: NodeJS.ProcessEnv, nodeArguments: readonly string[]) {
    this.#ownerUrl = ownerUrl
    this.#environment = environment
    this.server = new ServerProcess(environment, nodeArguments)
    this.#pool = new pg.Pool({ connectionString: ownerUrl, max: 4 })
    this.#pool.on('error', () => undefined) // A connection that breaks also fails the query under way.
  }

  /** The settings of the world's servers. */
  get environment(): Readonly<NodeJS.ProcessEnv> {
    return this.#environment
  }

  /** The folder of the world's servers, with the files in it. */
  get dataDir(): string {
    return String(this.#environment['DATA_DIR'])
  }

  /** The database's address, as its owner. */
  get ownerUrl(): string {
    return this.#ownerUrl
  }

  /** Address of the server, without a slash at its end. */
  get url(): string {
    return `http://localhost:${this.server.port}`
  }

  /** Everything that the server logged. */
  get log(): readonly Record<string, unknown>[] {
    return this.server.log
  }

  /** Rows, as the owner, to whom policies do not apply. */
  async sql<Row extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    return (await this.#pool.query<Row>(text, [...values])).rows
  }

  /** Changes what the journal's own triggers keep from being changed: as if time had passed, or old entries had been archived. */
  async reopen(text: string, values: readonly unknown[] = []): Promise<void> {
    const client = await this.#pool.connect()
    try {
      await client.query(`begin; set local app.journal_opened = 'on'`)
      await client.query(text, [...values])
      await client.query('commit')
    } finally {
      client.release()
    }
  }

  visitor(): Visitor {
    return new Visitor(this.server)
  }

  /** Who the demo's door offers. */
  async cast(server = this.server): Promise<Seat[]> {
    const response = await new Visitor(server).fetch('/auth/demo')
    if (!response.ok) throw new Error(`the demo's door answers ${response.status}`)
    return (await response.json()) as Seat[]
  }

  /** The party's member with that role, signed in anew by the demo's door. */
  async as(party: PartyName, role: Role = 'COORDINATOR', server = this.server): Promise<Actor> {
    const seat = (await this.cast(server)).find((candidate) => candidate.party === party && candidate.roles.includes(role))
    if (!seat) throw new Error(`nobody of ${party} is ${role}`)
    const response = await new Visitor(server).submit('/auth/demo', { memberId: seat.memberId })
    const cookie = cookieOf(response)
    if (response.status !== 303 || !cookie) throw new Error(`${seat.name} is not let in: ${response.status}`)
    return new Actor(server, cookie, seat)
  }

  /** One more server on the same database; with arguments for node, if it is to differ. */
  async anotherServer(nodeArguments: readonly string[] = []): Promise<ServerProcess> {
    const server = new ServerProcess(this.#environment, nodeArguments)
    this.#others.push(server)
    await server.start()
    return server
  }

  /** Lets go of the database, which stays. */
  readonly leave = (): Promise<void> => this.#pool.end()

  readonly close = async (): Promise<void> => {
    for (const server of [this.server, ...this.#others]) {
      if (server.running) server.thaw()
      await server.kill()
    }
    await this.#pool.end()
    rmSync(this.dataDir, { recursive: true, force: true })
    await dropDatabase(changeUrl(this.#ownerUrl, { database: 'samsyn' }), new URL(this.#ownerUrl).pathname.slice(1))
  }
}

/** A database of the test file's own, as its owner's address. */
export const copyDatabase = (
  template: typeof PLANTED | typeof EMPTY = PLANTED,
  postgres: string = inject('postgres'),
): Promise<string> => createDatabase(postgres, `world_${crypto.randomUUID().slice(0, 8)}`, template)

export const openWorld = async ({ seeded = true, env = {}, nodeArguments = [], postgres }: WorldOptions = {}): Promise<World> => {
  const ownerUrl = await copyDatabase(seeded ? PLANTED : EMPTY, postgres)
  const settings = {
    DATABASE_URL: ownerUrl,
    DATA_DIR: mkdtempSync(join(tmpdir(), 'samsyn-world-')),
    SEED: 'false',
    LOG_LEVEL: 'warn',
  }
  const world = new World(ownerUrl, { ...settings, ...env }, nodeArguments)
  await world.server.start()
  return world
}
