import { AsyncLocalStorage } from 'node:async_hooks'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import { PrismaClient } from '@samsyn/prisma/client'
import { createDatabase } from '@samsyn/prisma/engine/databases'
import { ensureRoles } from '@samsyn/prisma/engine/roles'
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest'
import { PLANTED } from '../../../tests/world/postgres.ts'
import { SLICES } from '../access/slices.ts'
import type { Actor } from '../access/viewer.ts'
import { Database, type Transaction } from './database.ts'
import { TryAgain } from './failures.ts'

// Three ways in which Prisma loses, invents or mixes up rows without an error. Each is shown as Prisma has it, so that we learn when
// it no longer does, and as it is here.

const ownerUrl = await createDatabase(inject('postgres'), `data_${crypto.randomUUID().slice(0, 8)}`, PLANTED)
const { applicationUrl } = await ensureRoles(ownerUrl, {})
const database = new Database(applicationUrl, { connections: 4, onError: () => undefined })
const owner = new pg.Pool({ connectionString: ownerUrl, max: 2 })
const plain = new PrismaClient({ adapter: new PrismaPg({ connectionString: ownerUrl, max: 4 }) })
afterAll(async () => {
  await database.close()
  await plain.$disconnect()
  await owner.end()
})

let seats: readonly Actor[] = []
beforeAll(async () => {
  const { rows } = await owner.query<Omit<Actor, 'slices'>>(
    `select distinct on (party_id) party_id as "partyId", id as "memberId", collaboration_id as "collaborationId", roles::text[]
     from member where removed_at is null order by party_id`,
  )
  seats = rows.map((seat) => ({ ...seat, slices: SLICES }))
})
const viewer = (): Actor => {
  const [first] = seats
  if (!first) throw new Error('nobody has a seat')
  return first
}
const NOBODY = '00000000-0000-4000-8000-000000000000'

describe('a failed statement fails its transaction, visibly', () => {
  const siblings = async (transaction: Pick<Transaction, 'party'>) => {
    const answers = await Promise.allSettled([
      transaction.party.findFirstOrThrow({ where: { id: NOBODY } }),
      transaction.party.findFirst({ where: { id: viewer().partyId } }),
      transaction.party.count(),
    ])
    return answers.map((answer) => (answer.status === 'fulfilled' ? (answer.value ?? 'nothing') : 'refused'))
  }

  test('what was asked beside a question that failed is answered, or refused, and never with nothing', async () => {
    expect(await plain.$transaction(siblings)).toEqual(['refused', 'nothing', 'nothing'])
    expect(await database.read(viewer(), siblings)).toEqual([
      'refused',
      expect.objectContaining({ id: viewer().partyId }),
      expect.any(Number),
    ])
  })

  test('twenty rows asked for one by one come in their order', async () => {
    const ids = (await owner.query<{ id: string }>(`select id from member order by id limit 20`)).rows.map(({ id }) => id)
    const found = await database.read(viewer(), (transaction) =>
      Promise.all(ids.map((id) => transaction.member.findUnique({ where: { id } }))),
    )
    expect(found.map((member) => member?.id)).toEqual(ids)
  })
})

describe('what did not commit does not say that it did', () => {
  const swallow = async (transaction: Pick<Transaction, '$executeRaw' | '$queryRaw'>) => {
    await transaction.$executeRaw`select set_config('samsyn.noticed', 'yes', true)`
    await transaction.$queryRaw`select 1 / 0`.catch(() => undefined)
    return 'done'
  }

  test('an error that is swallowed inside a unit of work fails it', async () => {
    expect(await plain.$transaction(swallow)).toBe('done')
    await expect(database.write(viewer(), swallow)).rejects.toThrow(/rolled back/)
  })

  test('and the connection is as good as new', async () => {
    for (let round = 0; round < 8; round++) await database.write(viewer(), swallow).catch(() => undefined)
    const [row] = await database.read(
      viewer(),
      (transaction) => transaction.$queryRaw<{ party: string }[]>`select current_setting('app.party') as party`,
    )
    expect(row?.party).toBe(viewer().partyId)
  })
})

describe('nobody is answered as somebody else', () => {
  /** One of every party asks for the same draft in the same tick: how many get what is not theirs, or miss what is. */
  const mistaken = async (ask: (seat: Actor, id: string) => Promise<unknown>) => {
    const drafts = await owner.query<{ id: string; party: string }>(
      `select id, party_id as party from task where audience = 'OWN' order by id limit 20`,
    )
    expect(drafts.rows.length).toBeGreaterThan(5)
    let count = 0
    for (const { id, party } of drafts.rows) {
      const answers = await Promise.all(seats.map((seat) => ask(seat, id)))
      count += answers.filter((answer, index) => (answer !== null) !== (seats[index]?.partyId === party)).length
    }
    return count
  }

  /** What one would try first: a client for all, whose every question is put as the viewer whose turn it seems to be. */
  class Shared extends pg.Pool {
    static readonly viewer = new AsyncLocalStorage<Actor>()
    override async query(...parameters: unknown[]): Promise<never> {
      const client = await this.connect()
      try {
        const { partyId, slices } = Shared.viewer.getStore() ?? viewer()
        const settings = `set_config('app.party', '${partyId}', true), set_config('app.slices', '${slices.join(',')}', true)`
        await client.query(`begin; select ${settings}`)
        return (await (client.query as (...same: unknown[]) => Promise<unknown>)(...parameters)) as never
      } finally {
        await client.query('rollback')
        client.release()
      }
    }
  }

  test('a client that all share batches the questions of several viewers; a transaction of its own does not', async () => {
    const shared = new PrismaClient({ adapter: new PrismaPg(new Shared({ connectionString: applicationUrl, max: 4 })) })
    expect(
      await mistaken((seat, id) => Shared.viewer.run(seat, async () => shared.task.findUnique({ where: { id } }))),
    ).toBeGreaterThan(0)
    await shared.$disconnect()
    expect(
      await mistaken((seat, id) => database.read(seat, (transaction) => transaction.task.findUnique({ where: { id } }))),
    ).toBe(0)
  })

  test('without a viewer there is nothing to read', async () => {
    expect(await database.read(undefined, (transaction) => transaction.task.count())).toBe(0)
  })

  test('a question of the server’s own has no viewer either, also on a connection that has just had one', async () => {
    const count = () => database.ask<{ count: number }>('select count(*)::int as count from task')
    // More at once than there are connections, so that each has served a viewer.
    await Promise.all(seats.map((seat) => database.read(seat, (transaction) => transaction.task.count())))
    expect(await Promise.all(Array.from({ length: 8 }, count))).toEqual(Array.from({ length: 8 }, () => [{ count: 0 }]))
  })
})

describe('a connection that is lost', () => {
  const OURS = `select pid from pg_stat_activity where datname = current_database() and application_name = 'samsyn'`
  const other = new pg.Pool({ connectionString: applicationUrl, max: 1 })
  afterAll(() => other.end())
  const end = async (which = OURS) =>
    (await other.query(`select pg_terminate_backend(pid) from (${which}) as ours`)).rowCount ?? 0
  const refused = (answers: readonly PromiseSettledResult<unknown>[]) =>
    answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason as unknown] : []))

  test('is lost to whoever used it, whenever it happens, and to nobody else; they may come again', async () => {
    const lost: unknown[] = []
    for (let round = 0; round < 20; round++) {
      const reads = Promise.allSettled(
        Array.from({ length: 20 }, () => database.read(viewer(), (transaction) => transaction.party.count())),
      )
      const questions = Promise.allSettled(Array.from({ length: 20 }, () => database.ask('select 1')))
      await end()
      lost.push(...refused(await reads), ...refused(await questions))
    }
    expect(lost.length).toBeGreaterThan(0)
    expect(lost.filter((error) => !(error instanceof TryAgain))).toEqual([])
    expect(await database.read(viewer(), (transaction) => transaction.party.count())).toBeGreaterThan(0)
  })

  test('also when PostgreSQL is gone altogether, and until it is back', async () => {
    const { port, hostname } = new URL(applicationUrl)
    const cut: (() => void)[] = []
    let there = true
    const between = createServer((socket) => {
      if (!there) return void socket.destroy()
      const through = connect(Number(port), hostname.replace(/^\[|\]$/g, ''))
      socket.pipe(through).pipe(socket)
      for (const end of [socket, through]) end.on('error', () => undefined)
      cut.push(
        () => void socket.resetAndDestroy(),
        () => void through.destroy(),
      )
    })
    await once(between.listen(0, '127.0.0.1'), 'listening')
    const url = new URL(applicationUrl)
    url.host = `127.0.0.1:${(between.address() as AddressInfo).port}`
    const far = new Database(url.href, { connections: 4, onError: () => undefined })
    onTestFinished(async () => {
      between.close()
      await far.close()
    })
    await far.ping()
    const asked = () =>
      Promise.allSettled([
        ...Array.from({ length: 6 }, () => far.read(viewer(), (transaction) => transaction.$queryRaw`select pg_sleep(1)::text`)),
        ...Array.from({ length: 6 }, () => far.ask('select pg_sleep(1)')),
      ])
    const first = asked()
    const busy = `select count(*)::int as count from (${OURS} and state = 'active' and query like '%pg_sleep%') as ours`
    while ((await other.query<{ count: number }>(busy)).rows[0]?.count !== 4) await new Promise(setImmediate)
    there = false
    for (const end of cut) end()
    const lost = [...refused(await first), ...refused(await asked())]
    expect(lost).toHaveLength(24)
    expect(lost.filter((error) => !(error instanceof TryAgain))).toEqual([])
    there = true
    await far.ping()
  })

  test('in the middle of a unit of work: it has not been, and may come again', async () => {
    const work = database.write(viewer(), async (transaction) => {
      await transaction.party.count()
      await end()
      await transaction.party.count()
    })
    await expect(work).rejects.toBeInstanceOf(TryAgain)
  })

  test('in the middle of its COMMIT: nobody knows, and nobody says that it may come again', async () => {
    await owner.query(`
      create table slow_commit (id int);
      grant insert on slow_commit to public;
      create function slow_commit() returns trigger language plpgsql as 'begin perform pg_sleep(20); return null; end';
      create constraint trigger slow after insert on slow_commit deferrable initially deferred for each row execute function slow_commit()`)
    const work = database.write(viewer(), (transaction) => transaction.$executeRaw`insert into slow_commit values (1)`)
    const failure = work.then(
      () => undefined,
      (error: unknown) => error,
    )
    while ((await end(`${OURS} and query = 'COMMIT' and state = 'active'`)) === 0) await new Promise(setImmediate)
    expect(await failure).toBeInstanceOf(Error)
    expect(await failure).not.toBeInstanceOf(TryAgain)
  })
})
