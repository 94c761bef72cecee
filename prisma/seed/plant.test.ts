import { rm } from 'node:fs/promises'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { changeUrl, createDatabase, withClient } from '../engine/databases.ts'
import { startEmbedded, type Embedded } from '../engine/embedded.ts'
import { migrate } from '../engine/migrate.ts'
import * as agreement from './agreement.ts'
import { pilot } from './pilot.ts'
import { plant, RealContent } from './plant.ts'
import { replay } from './replay.ts'
import { member, party } from './rows.ts'

const now = new Date('2026-11-23T20:00:00Z')
const dataDir = mkdtempSync(join(tmpdir(), 'samsyn-plant-'))
let embedded: Embedded

beforeAll(async () => {
  embedded = await startEmbedded({ dataDir })
  await createDatabase(embedded.url, 'migrated')
  await migrate(changeUrl(embedded.url, { database: 'migrated' }))
}, 60_000)

afterAll(async () => {
  await embedded.stop()
  await rm(dataDir, { recursive: true, force: true })
})

const fresh = () => createDatabase(embedded.url, `plant_${crypto.randomUUID().slice(0, 8)}`, 'migrated')
const rows = (url: string, sql: string, values: unknown[] = []) =>
  withClient(url, async (client) => (await client.query<Record<string, unknown>>(sql, values)).rows)

describe('the planted pilot', () => {
  let url: string
  const { steps, comments } = replay(pilot)
  beforeAll(async () => {
    url = await fresh()
    expect(await plant(url, { now })).toBe('planted')
  }, 60_000)

  test('has every task with the readers that the story means', async () => {
    const found = await rows(url, 'select title, state, audience, readers, archived_at is not null as archived from task')
    expect(found.length).toBe(pilot.tasks.length)
    for (const { key, id } of pilot.parties) {
      const wanted = pilot.tasks.filter((task) => task.party === key || task.audience === 'JOINT' || task.audience.includes(key))
      const read = await rows(url, 'select title from task where $1 = any (readers) order by title', [id])
      expect(read.map(({ title }) => title).toSorted(), key).toEqual(wanted.map(({ title }) => title).toSorted())
    }
  })

  test('has one entry per event, in order of time, in the streams of those who could read', async () => {
    for (const { key, id } of pilot.parties) {
      const stream = await rows(
        url,
        `select seq::int, at from stream_entry join journal_entry on id = entry_id where stream_id = $1 order by seq`,
        [id],
      )
      const drafts = [agreement.open, agreement.draft].filter(({ by }) => member(by).party === key).length
      const said = agreement.comments.filter(({ audience, by }) => audience !== 'OWN' || member(by).party === key).length
      const ofAgreement = drafts + 1 + agreement.open.answers.length + said
      const told = steps.filter((step) => step.after.readers.includes(key)).length + pilot.members.length + ofAgreement
      expect(stream.length, key).toBe(told)
      expect(stream.map(({ seq }) => seq)).toEqual(stream.map((_, index) => index + 1))
      const times = stream.map(({ at }) => Number(at))
      expect(times).toEqual(times.toSorted((a, b) => a - b))
      expect(times.at(-1)).toBeLessThan(now.getTime())
    }
    const [intents] = await rows(url, 'select count(*)::int from journal_intent')
    expect(intents).toEqual({ count: 0 })
  })

  test('has chains that verify to their heads', async () => {
    const broken = await rows(
      url,
      `with link as (
         select s.stream_id, s.seq, s.hash, lag(s.hash, 1, decode(repeat('00', 32), 'hex')) over (partition by s.stream_id order by s.seq) as previous, e
         from stream_entry s join journal_entry e on e.id = s.entry_id)
       select stream_id, seq from link where hash <> sha256(previous || convert_to(canonical_entry(e), 'UTF8'))`,
    )
    expect(broken).toEqual([])
  })

  test('keeps texts beside the chain, and earlier texts from those who came later', async () => {
    const [task] = pilot.tasks.filter(({ number }) => number === 21)
    const [shown] = await rows(
      url,
      `select count(*)::int from commitment join journal_entry on journal_entry.id = entry_id
       where subject_id = '7a000000-0000-4000-8000-000000000021' and kind = 'task.created' and $1 = any (commitment.readers)`,
      [party('S').id],
    )
    expect(task?.audience).toBe('JOINT')
    expect(shown).toEqual({ count: 0 })
    const [plain] = await rows(url, `select count(*)::int from journal_entry where changes::text like '%Munkfors%'`)
    expect(plain).toEqual({ count: 0 })
  })

  test('has every comment, own ones for their party alone', async () => {
    const own = await rows(url, `select readers, party_id from comment where audience = 'OWN'`)
    const all = [...[...comments.values()].flat(), ...agreement.comments]
    expect(own.length).toBe(all.filter(({ audience }) => audience === 'OWN').length)
    for (const row of own) expect(row.readers).toEqual([row.party_id])
    const [counted] = await rows(url, 'select count(*)::int from comment')
    expect(counted).toEqual({ count: all.length })
  })

  test('has two versions, each signed by all five for the text that it has, and the second in force', async () => {
    const versions = await rows(
      url,
      `select number, state, (select count(*)::int from signature s where s.version_id = v.id and s.hash = v.hash) as signed,
         (select count(*)::int from version_clause c where c.version_id = v.id) as clauses from agreement_version v order by number`,
    )
    expect(versions).toEqual([
      { number: 1, state: 'SUPERSEDED', signed: 5, clauses: agreement.clauses.length },
      { number: 2, state: 'IN_FORCE', signed: 5, clauses: agreement.clauses.length + 1 },
    ])
    const latest = await rows(
      url,
      `select count(*)::int from clause join version_clause on clause_id = id and version_id = (select id from agreement_version where number = 2)
       where (clause.heading, clause.text, clause.number) = (version_clause.heading, version_clause.text, version_clause.number)`,
    )
    expect(latest).toEqual([{ count: agreement.clauses.length + 1 }])
  })

  test('gives demo members no password, and says that it is a demo', async () => {
    expect(await rows(url, 'select from credential')).toEqual([])
    expect(await rows(url, 'select id from demo')).toEqual([{ id: 1 }])
    expect((await rows(url, 'select from demo_members()')).length).toBe(pilot.members.length)
  })

  test('is left alone by a second start, also when people have worked in it and days have passed', async () => {
    await rows(url, `update task set title = 'Ändrad av någon', version = version + 1 where title like 'Läs först%'`)
    const state = `select (select md5(string_agg(task::text, '' order by id)) from task) as tasks,
      (select md5(string_agg(h::text, '' order by stream_id)) from stream_head h) as heads`
    const before = await rows(url, state)
    expect(await plant(url, { now: new Date('2026-12-24T12:00:00Z') })).toBe('already there')
    expect(await rows(url, state)).toEqual(before)
  })
})

test('two starts at once plant once', async () => {
  const url = await fresh()
  const both = await Promise.all([plant(url, { now }), plant(url, { now })])
  expect(both.toSorted()).toEqual(['already there', 'planted'])
}, 60_000)

test('a database with real content is refused and stays as it was', async () => {
  const other = await fresh()
  await rows(
    other,
    `insert into collaboration (id, slug, name, purpose, time_zone, readers) values (gen_random_uuid(), 'annat', 'Annat', 'På riktigt', 'Europe/Stockholm', '{}')`,
  )
  await expect(plant(other, { now })).rejects.toThrow(RealContent)
  const people = await fresh()
  await rows(
    people,
    `insert into person (id, email, name, readers) values (gen_random_uuid(), 'someone@real.example', 'Någon', '{}')`,
  )
  await expect(plant(people, { now })).rejects.toThrow('"person"')
  for (const url of [other, people]) expect(await rows(url, 'select from task union all select from demo')).toEqual([])
})
