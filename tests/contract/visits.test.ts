import { withClient } from '@samsyn/prisma/engine/databases'
import { ensureRoles } from '@samsyn/prisma/engine/roles'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mint, uuidOf, type Actor } from '../world/actor.ts'
import { does, DONE, jointTask, newTask } from '../world/acts.ts'
import { programOf } from '../world/program.ts'
import { openWorld } from '../world/world.ts'

// What is new to whoever comes back: when they were here before is known to them alone, and what happened since is what their
// party was told of it.

const world = await openWorld()
afterAll(world.close)
let [torsby, colleague, sunne]: Actor[] = []
const of = (actor: Actor | undefined): Actor => {
  if (!actor) throw new Error('nobody')
  return actor
}
beforeAll(async () => {
  torsby = await world.as('Torsby')
  colleague = await world.as('Torsby', 'CONTRIBUTOR')
  sunne = await world.as('Sunne')
})

const LAST = '{ viewer { lastVisit } }'
const NOTE = `mutation ($input: NoteVisitInput!) { noteVisit(input: $input) { __typename ... on VisitNoted { lastVisit }
  ... on InvalidInput { issues { field code } } ... on NotAllowed { code } } }`
const lastOf = async (actor: Actor) => (await actor.query<{ viewer: { lastVisit: string | null } }>(LAST)).viewer.lastVisit
const note = (actor: Actor, input: Record<string, unknown> = {}) => actor.mutate(NOTE, { input })

/** The member was here, and no sign of them has come since. */
const away = async (actor: Actor, minutes: number): Promise<string> => {
  const [row] = await world.sql<{ last: Date }>(
    `update visit set last = last - make_interval(mins => $2) where member_id = $1 returning last`,
    [actor.seat.memberId, minutes],
  )
  if (!row) throw new Error('was never here')
  return row.last.toISOString()
}

describe('a visit', () => {
  test('is the first until one has been away for half an hour; then the one before has ended where it ended', async () => {
    const who = of(torsby)
    expect(await lastOf(who)).toBeNull()
    expect(await note(who)).toEqual({ __typename: 'VisitNoted', lastVisit: null })
    await away(who, 29)
    expect(await note(who)).toEqual({ __typename: 'VisitNoted', lastVisit: null })
    const left = await away(who, 31)
    // Known before the new visit is noted, and the same after it, however often.
    expect(await lastOf(who)).toBe(left)
    expect(await note(who)).toEqual({ __typename: 'VisitNoted', lastVisit: left })
    expect(await note(who)).toEqual({ __typename: 'VisitNoted', lastVisit: left })
    expect(await lastOf(who)).toBe(left)
  })

  test('is one’s own: neither a colleague nor another party is here because one is', async () => {
    expect(await lastOf(of(colleague))).toBeNull()
    expect(await lastOf(of(sunne))).toBeNull()
    await note(of(colleague))
    const { applicationUrl } = await ensureRoles(world.ownerUrl, {})
    const rows = await withClient(applicationUrl, async (client) => {
      const { seat } = of(torsby)
      await client.query('begin')
      await client.query(`select set_config('app.member', $1, true)`, [seat.memberId])
      const seen = await client.query<{ id: string }>('select member_id as id from visit')
      const moved = await client.query('update visit set last = now()')
      await client.query('rollback')
      return { seen: seen.rows.map(({ id }) => id), moved: moved.rowCount, own: seat.memberId }
    })
    expect(rows).toEqual({ seen: [rows.own], moved: 1, own: rows.own })
  })

  test('is told to nobody: no entry, and no time but the database’s', async () => {
    const count = async () => (await world.sql<{ count: number }>(`select count(*)::int from ${DONE} as entry`))[0]?.count
    const before = await count()
    const key = mint()
    expect(await note(of(sunne), { idempotencyKey: key })).toEqual(await note(of(sunne), { idempotencyKey: key }))
    expect(await count()).toBe(before)
    expect(await note(of(sunne), { idempotencyKey: 'x' })).toEqual({
      __typename: 'InvalidInput',
      issues: [{ field: 'idempotencyKey', code: 'INVALID_ID' }],
    })
    const live = await of(sunne).askLive(NOTE, { input: { idempotencyKey: 'x' } })
    expect(live.data).toMatchObject({ noteVisit: { __typename: 'InvalidInput' } })
  })

  test('is nobody’s without a seat, and no program’s: through both doors', async () => {
    const asked = { input: {} }
    expect((await world.visitor().ask(NOTE, asked)).errors?.[0]?.extensions?.['code']).toBe('UNAUTHENTICATED')
    const program = await programOf(world.server, of(torsby))
    const refused = { noteVisit: { __typename: 'NotAllowed', code: 'READ_ONLY_KEY' } }
    expect((await program.ask(NOTE, asked)).data).toEqual(refused)
    expect((await program.ask(LAST)).data).toEqual({ viewer: { lastVisit: null } })
  })
})

const ACTIVITY = `query ($since: DateTime, $first: Int) { collaboration { activity(since: $since, first: $first) {
  nodes { kind at subjectId subject { __typename id ... on Task { title } ... on Comment { task { title } } } } pageInfo { hasNextPage } } } }`
interface Told {
  readonly kind: string
  readonly at: string
  readonly subjectId: string
  readonly subject: { readonly __typename: string; readonly id: string; readonly title?: string } | null
}
const told = async (actor: Actor, since: string | null, first = 100) => {
  const { collaboration } = await actor.query<{ collaboration: { activity: { nodes: Told[]; pageInfo: object } } }>(ACTIVITY, {
    since,
    first,
  })
  return collaboration.activity
}
const now = async () => (await world.sql<{ now: Date }>('select clock_timestamp() as now'))[0]?.now.toISOString() ?? ''

describe('what happened', () => {
  test('is told as far as one’s party was told, the latest first, with what it happened to', async () => {
    const since = await now()
    const own = await newTask(of(torsby), { title: 'Bara Torsbys' })
    const joint = await jointTask(of(torsby), { title: 'Allas' })
    await does(of(sunne), 'writeComment', { id: mint(), task: joint.id, audience: 'AS_PARENT', text: 'Till alla' })
    await does(of(sunne), 'writeComment', { id: mint(), task: joint.id, audience: 'OWN', text: 'Bara Sunnes' })

    const { nodes } = await told(of(torsby), since)
    expect(nodes.map(({ kind }) => kind)).toEqual(['comment.written', 'task.shared', 'task.created', 'task.created'])
    expect(nodes[0]?.subject).toMatchObject({ __typename: 'Comment', task: { title: 'Allas' } })
    expect(nodes.at(-1)?.subject).toEqual({ __typename: 'Task', id: own.id, title: 'Bara Torsbys' })
    const theirs = await told(of(sunne), since)
    expect(theirs.nodes.map(({ kind }) => kind)).toEqual(['comment.written', 'comment.written', 'task.shared'])
    expect(JSON.stringify(theirs)).not.toContain('Bara Torsbys')
    expect(JSON.stringify(theirs)).not.toContain(own.id)
  })

  test('only after the instant that is named, in pages of a bounded size', async () => {
    const [first] = (await told(of(torsby), null, 1)).nodes
    expect((await told(of(torsby), null, 1)).pageInfo).toEqual({ hasNextPage: true })
    expect((await told(of(torsby), first?.at ?? null)).nodes).toEqual([])
    expect((await told(of(torsby), null, 10_000)).nodes.length).toBe(100)
    const asked = await of(torsby).ask(ACTIVITY, { since: 'i går' })
    expect(asked.errors?.length).toBeGreaterThan(0)
    expect(asked.data ?? null).toBeNull()
  })

  test('of a subject nothing is told that may not be read: one statement per type, none per entry', async () => {
    const { id } = await jointTask(of(torsby), { title: 'Dold i efterhand' })
    await world.sql(`update task set readers = array[party_id] where id = $1`, [uuidOf(id)])
    const [latest] = (await told(of(sunne), null, 1)).nodes
    expect(latest).toMatchObject({ kind: 'task.shared', subjectId: id, subject: null })
  })
})
