import { afterAll, describe, expect, test } from 'vitest'
import { mint } from '../world/actor.ts'
import { does, jointTask } from '../world/acts.ts'
import { draftProposal } from '../world/agreements.ts'
import { attach } from '../world/files.ts'
import { type Program, programOf } from '../world/program.ts'
import { openWorld } from '../world/world.ts'

// A key for a part: what is of other slices is not there for its program, whichever door it comes by, and what is of its own all is.

const world = await openWorld()
afterAll(world.close)
const torsby = await world.as('Torsby')

const SLICES = ['TASKS', 'COMMENTS', 'AGREEMENT', 'FILES'] as const
type Slice = (typeof SLICES)[number]

const start = await torsby.cursor()
const task = (await jointTask(torsby, { title: 'Kornknarr uppgiftsord' })).id
const comment = (await does(torsby, 'writeComment', { id: mint(), task, text: 'Kornknarr kommentarsord', audience: 'AS_PARENT' }))
  .subject.id
const file = (await attach(torsby, { task }, 'filord.pdf')).id
const draft = await draftProposal(torsby)
const proposal = (await does(torsby, 'editProposal', { id: draft.id, baseVersion: draft.version, title: 'Kornknarr avtalsord' }))
  .subject.id
const ids: Readonly<Record<Slice, string>> = { TASKS: task, COMMENTS: comment, AGREEMENT: proposal, FILES: file }
const WORDS: Readonly<Record<Slice, string>> = {
  TASKS: 'uppgiftsord',
  COMMENTS: 'kommentarsord',
  AGREEMENT: 'avtalsord',
  FILES: 'filord',
}
const path = (
  await torsby.query<{ node: { path: string } }>('query ($id: ID!) { node(id: $id) { ... on File { path } } }', { id: file })
).node.path

const part = (slices: readonly Slice[]) => programOf(world.server, torsby, 'Diariet', { slices })

const COLLABORATION = `{ collaboration {
  parties { name } members(first: 5) { nodes { name } }
  activity(first: 100) { nodes { kind subject { id } changes { field from to } } }
  tasks(first: 50) { totalCount nodes { id title commentCount files { name } clause { heading }
    comments(first: 5) { totalCount nodes { id text } } activity(first: 10) { nodes { kind changes { field to } } } } }
  agreement { title clauses { heading text } versions(first: 2) { totalCount } proposals(first: 20) { totalCount nodes { id title } } }
} }`
const NODES = `query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on Task { title } ... on Proposal { title }
  ... on Comment { text task { title } clause { heading } } ... on File { name task { title } comment { text } } } }`
const SEARCH = `{ search(text: "kornknarr") { counts { type count } nodes { title { text } excerpt { text } subject { id } } } }`
const CHANGES = `query ($after: Cursor!, $first: Int!) { changes(after: $after, first: $first) { __typename
  ... on ChangeBatch { cursor hasMore changes { kind gone subjectId changes { field from to } subject { id } } } } }`

interface Batch {
  readonly __typename: string
  readonly cursor: string
  readonly hasMore: boolean
  readonly changes: readonly { kind: string; gone: boolean; subjectId: string; subject: object | null }[]
}

/** All that is told by polling, a few places at a time. */
const poll = async (program: Program, first = 3): Promise<{ changes: Batch['changes'][number][]; cursor: string }> => {
  const changes: Batch['changes'][number][] = []
  for (let cursor = start; ;) {
    const { data } = await program.ask(CHANGES, { after: cursor, first })
    const batch = (data as { changes: Batch }).changes
    expect(batch.__typename).toBe('ChangeBatch')
    changes.push(...batch.changes)
    cursor = batch.cursor
    if (!batch.hasMore) return { changes, cursor }
  }
}

const table = async (program: Program, list: string, variables = {}): Promise<Response> =>
  fetch(`${program.origin}/c/sutohamu/export/${list}.csv?${new URLSearchParams({ variables: JSON.stringify(variables) })}`, {
    headers: { authorization: `Bearer ${program.key}` },
  })

/** All that it is told, through every door there is for it, as it came. */
const everything = async (program: Program): Promise<string> => {
  const following = program.follow(start)
  const asked = [
    await program.ask(COLLABORATION),
    await program.ask(NODES, { ids: SLICES.map((slice) => ids[slice]) }),
    await program.ask(SEARCH),
    await poll(program),
  ]
  for (const answer of asked) expect('errors' in answer ? answer.errors : undefined).toBeUndefined()
  const tables = [await table(program, 'tasks'), await table(program, 'clauses'), await table(program, 'activity', { id: task })]
  await does(torsby, 'inviteMember', invited())
  await following.until('member.invited')
  await following.stop()
  expect(following.resync).toBeUndefined()
  const texts = await Promise.all(tables.map((response) => response.text()))
  return JSON.stringify([asked, texts, following.changes])
}
const invited = () => ({ id: mint(), name: 'Ny', title: 'Ny', email: `${mint()}@torsby.example`, roles: ['OBSERVER'] })

describe.each(SLICES.map((slice) => ({ slice })))('a key for $slice alone', ({ slice }) => {
  test('is told what is of it, and no word of anything else', async () => {
    const told = await everything(await part([slice]))
    expect(SLICES.filter((other) => told.includes(WORDS[other]))).toEqual([slice])
    expect(told).toContain('Munkfors')
  })

  test('finds, counts and is given that alone', async () => {
    const program = await part([slice])
    const { data: nodes } = await program.ask(NODES, { ids: SLICES.map((other) => ids[other]) })
    expect((nodes as { nodes: ({ id: string } | null)[] }).nodes.map((node) => node?.id ?? null)).toEqual(
      SLICES.map((other) => (other === slice ? ids[other] : null)),
    )
    const { data: found } = await program.ask(SEARCH)
    const { counts } = (found as { search: { counts: { type: string; count: number }[] } }).search
    const types: Readonly<Record<string, Slice>> = {
      TASK: 'TASKS',
      COMMENT: 'COMMENTS',
      CLAUSE: 'AGREEMENT',
      PROPOSAL: 'AGREEMENT',
    }
    for (const { type, count } of counts) if (types[type] !== slice) expect(count, type).toBe(0)
    const { data } = await program.ask('{ collaboration { tasks { totalCount } agreement { title } } }')
    expect(data).toEqual({
      collaboration: {
        tasks: { totalCount: slice === 'TASKS' ? expect.any(Number) : 0 },
        agreement: slice === 'AGREEMENT' ? { title: expect.any(String) } : null,
      },
    })
    const given = await fetch(`${program.origin}${path}`, { headers: { authorization: `Bearer ${program.key}` } })
    expect(given.status).toBe(slice === 'FILES' ? 200 : 404)
    await given.arrayBuffer()
    expect((await table(program, 'clauses')).status).toBe(slice === 'AGREEMENT' ? 200 : 404)
  })
})

test('a key for nothing but parties and members reads those, and follows', async () => {
  const program = await part([])
  const told = await everything(program)
  expect(SLICES.filter((slice) => told.includes(WORDS[slice]))).toEqual([])
  expect(told).toContain('Munkfors')
})

test('places of what is passed over are places: the cursor comes as far as everybody’s, and nothing is said to be gone', async () => {
  const program = await part(['COMMENTS'])
  const { changes, cursor } = await poll(program, 1)
  expect(cursor).toBe(await torsby.cursor())
  expect(changes.filter(({ gone }) => gone)).toEqual([])
  expect(new Set(changes.map(({ kind }) => kind.split('.')[0]))).toEqual(new Set(['comment', 'key', 'member']))
})

test('those who follow in the same words with other slices are told of theirs alone', async () => {
  const programs = [await part(['TASKS']), await part(['COMMENTS']), await part(SLICES.toReversed())] as const
  const after = await torsby.cursor()
  const [tasks, comments, all] = [programs[0].follow(after), programs[1].follow(after), programs[2].follow(after)]
  const other = (await jointTask(torsby, { title: 'Ny lampa' })).id
  await does(torsby, 'writeComment', { id: mint(), task: other, text: 'Var?', audience: 'AS_PARENT' })
  await does(torsby, 'archiveTask', { id: other })
  await does(torsby, 'inviteMember', invited())
  for (const following of [tasks, comments, all]) await following.until('member.invited')
  expect([tasks.kinds, comments.kinds, all.kinds]).toEqual([
    ['task.created', 'task.shared', 'task.archived', 'member.invited'],
    ['comment.written', 'member.invited'],
    ['task.created', 'task.shared', 'comment.written', 'task.archived', 'member.invited'],
  ])
  for (const following of [tasks, comments, all]) await following.stop()
})

test('what a key reads is told by it, and stays so when it is given another secret', async () => {
  const { made } = await part(['FILES', 'TASKS', 'FILES'])
  expect(made['slices']).toEqual(['TASKS', 'FILES'])
  expect((await does(torsby, 'rotateKey', { id: made.id })).subject['slices']).toEqual(['TASKS', 'FILES'])
  expect((await programOf(world.server, torsby)).made['slices']).toEqual(SLICES)
  const { errors } = await (await part([])).ask('{ viewer { key { slices } } unknown }')
  expect(errors).toHaveLength(1)
})

test('every table that is read, and every thing that the journal tells of, is of a slice or named here as everybody’s', async () => {
  const tables = await world.sql<{ name: string }>(
    `select tablename as name from pg_policies where schemaname = 'public' group by tablename
     having bool_or(policyname = 'read') and not bool_or(policyname = 'slice' and permissive = 'RESTRICTIVE') order by 1`,
  )
  expect(tables.map(({ name }) => name)).toEqual(ALWAYS)
  const types = await world.sql<{ type: string }>('select type from journal_subject where slice_of(type) is null order by 1')
  expect(types.map(({ type }) => type)).toEqual([
    'ApiKey',
    'CalendarLink',
    'Member',
    'Notification',
    'NotificationSettings',
    'Party',
    'Webhook',
  ])
})

/** Who is there, what programs there are, what is personal (a program is nobody), and places without what stands at them. */
const ALWAYS = [
  'access_turn',
  'api_key',
  'archived_thread',
  'calendar_link',
  'collaboration',
  'delivery',
  'demo',
  'idempotency_record',
  'inbox_cursor',
  'journal_archive',
  'mandate',
  'member',
  'mute',
  'notification',
  'notification_settings',
  'organisation',
  'party',
  'person',
  'push_browser',
  'signed_head',
  'stream_entry',
  'stream_head',
  'upload',
  'visit',
  'webhook',
]
