import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { globalId, mint, uuidOf, type Actor } from '../world/actor.ts'
import { clauseOf } from '../world/agreements.ts'
import { does, DONE, jointTask, newTask, type Done, type Input } from '../world/acts.ts'
import { expectChains } from '../realtime/chain.ts'
import { partiesOf } from '../realtime/newcomers.ts'
import { refusals } from '../world/refusals.ts'
import { openWorld } from '../world/world.ts'

// Talk: what answers what and who reads it, what was said before, and that what is taken back is gone, from the journal too.

const world = await openWorld()
afterAll(world.close)
const torsby = await world.as('Torsby')
const sunne = await world.as('Sunne')
const polisen = await world.as('Polisen')
const region = await world.as('Region Värmland')
const observer = await world.as('Sunne', 'OBSERVER')
const party = await partiesOf(torsby)

const { expectRefused } = refusals(world, ['comment', DONE, 'commitment', 'idempotency_record'])
const notFound = (field: string) => ({ __typename: 'NotFound', field })
const unusable = { __typename: 'InvalidInput', issues: [{ field: 'answers', code: 'UNKNOWN' }] }

type Subject = Done['subject']
const say = async (who: Actor, about: Input, text: string, more: Input = {}): Promise<Subject> =>
  (await does(who, 'writeComment', { id: mint(), ...about, audience: 'AS_PARENT', text, ...more })).subject
const write = (about: Input, more: Input = {}): Input => ({ id: mint(), ...about, audience: 'AS_PARENT', text: 'Svar', ...more })

let task: Input, other: Input, clause: Input, shared: Input, draft: Input
beforeAll(async () => {
  task = { task: (await jointTask(torsby)).id }
  other = { task: (await jointTask(torsby, { title: 'Något annat' })).id }
  clause = { clause: await clauseOf(torsby, '1') }
  draft = { task: (await newTask(torsby)).id }
  const { id } = await newTask(torsby, { title: 'Delad med polisen' })
  await does(torsby, 'shareTask', { id, audience: 'SHARED', with: [party('Polisen')] })
  shared = { task: id }
})

describe('answers', () => {
  test('stand under a comment on the same thing, and are read by those who read that', async () => {
    for (const about of [task, clause]) {
      const first = await say(torsby, about, 'Vem tar detta?')
      const answer = await say(sunne, about, 'Vi.', { answers: first.id })
      expect(answer).toMatchObject({ answers: { id: first.id }, audience: 'AS_PARENT', readers: first['readers'] })
    }
  })

  test('to what is kept inside are kept inside, whatever was asked for', async () => {
    const inside = await say(torsby, task, 'Bara vi', { audience: 'OWN' })
    const answer = await say(torsby, task, 'Just det', { answers: inside.id })
    expect(answer).toMatchObject({ audience: 'OWN', readers: [{ id: party('Torsby') }] })
    await expectRefused(polisen, 'writeComment', write(task, { answers: inside.id }), notFound('answers'))
  })

  test('to what was said before the task was shared are not shared with it', async () => {
    const { id } = await newTask(torsby)
    const before = await say(torsby, { task: id }, 'Innan vi delar')
    await does(torsby, 'shareTask', { id, audience: 'JOINT' })
    const after = await say(torsby, { task: id }, 'Ska vi säga det till dem?', { answers: before.id })
    expect(after).toMatchObject({ audience: 'AS_PARENT', readers: [{ id: party('Torsby') }] })
    await expectRefused(sunne, 'writeComment', write({ task: id }, { answers: before.id }), notFound('answers'))
  })

  test('kept inside may be given to what all read', async () => {
    const first = await say(sunne, task, 'Till alla')
    const answer = await say(torsby, task, 'Mellan oss', { audience: 'OWN', answers: first.id })
    expect(answer).toMatchObject({ audience: 'OWN', answers: { id: first.id }, readers: [{ id: party('Torsby') }] })
  })

  test('are one level deep, on the same thing, to something that is there', async () => {
    const first = await say(torsby, task, 'Överst')
    const answer = await say(sunne, task, 'Under', { answers: first.id })
    const elsewhere = await say(torsby, other, 'Någon annanstans')
    const onClause = await say(torsby, clause, 'Om punkten')
    await expectRefused(torsby, 'writeComment', write(task, { answers: answer.id }), unusable)
    await expectRefused(torsby, 'writeComment', write(task, { answers: elsewhere.id }), unusable)
    await expectRefused(torsby, 'writeComment', write(task, { answers: onClause.id }), unusable)
    await expectRefused(torsby, 'writeComment', write(clause, { answers: first.id }), unusable)
    for (const answers of [globalId('Comment', mint()), globalId('Task', mint()), 'x'])
      await expectRefused(torsby, 'writeComment', write(task, { answers }), notFound('answers'))
    await expectRefused(observer, 'writeComment', write(task, { answers: first.id }), { __typename: 'NotAllowed', code: 'ROLE' })
  })

  test('by those who do not read the thing are as if it did not exist', async () => {
    const first = await say(torsby, shared, 'Med polisen')
    await expectRefused(sunne, 'writeComment', write(shared, { answers: first.id }), notFound('task'))
    await expectRefused(sunne, 'writeComment', write(task, { answers: first.id }), notFound('answers'))
  })

  test('hold no identity numbers where others read them, and may where only the own party does', async () => {
    const text = 'Ring 640823-3234'
    const first = await say(polisen, shared, 'Vem?')
    const inside = await say(torsby, shared, 'Vem, tro?', { audience: 'OWN' })
    const issues = [{ field: 'text', code: 'PERSONAL_NUMBER' }]
    await expectRefused(torsby, 'writeComment', write(shared, { answers: first.id, text }), { issues })
    expect(await say(torsby, shared, text, { answers: inside.id })).toMatchObject({ audience: 'OWN' })
  })

  test('are held to it by the database too, whoever inserts', async () => {
    const [inside, first, elsewhere] = [
      await say(torsby, task, 'Inne', { audience: 'OWN' }),
      await say(torsby, task, 'Ute'),
      await say(torsby, other, 'Där'),
    ]
    const answer = await say(sunne, task, 'Svar', { answers: first.id })
    const insert = (answers: string, by: Actor) =>
      world.sql(
        `insert into comment (id, collaboration_id, task_id, answers_id, party_id, author_id, audience, text)
         select gen_random_uuid(), collaboration_id, task_id, $1, $2, $3, 'AS_PARENT', 'Förbi tjänsten' from comment where id = $4
         returning readers, audience`,
        [uuidOf(answers), uuidOf(party(by.seat.party)), uuidOf(by.memberId), uuidOf(first.id)],
      )
    for (const wrong of [elsewhere.id, answer.id, globalId('Comment', mint())])
      await expect(insert(wrong, torsby)).rejects.toThrow('takes an answer')
    await expect(insert(inside.id, sunne)).rejects.toThrow('for those who read')
    expect(await insert(inside.id, torsby)).toEqual([{ readers: [uuidOf(party('Torsby'))], audience: 'OWN' }])
  })
})

interface Wording {
  readonly version: number
  readonly text: string
  readonly compared: readonly { readonly kind: string; readonly text: string }[]
}
const WORDINGS = `query($id: ID!) { node(id: $id) { ... on Comment {
  wordings { nodes { version at text compared { kind text } } } } } }`
const wordings = async (who: Actor, id: string): Promise<readonly Wording[] | null> =>
  (await who.query<{ node: { wordings: { nodes: Wording[] } } | null }>(WORDINGS, { id })).node?.wordings.nodes ?? null

describe('earlier wordings', () => {
  test('are told to those who read the comment, latest first, each against the one before it', async () => {
    const said = await say(torsby, shared, 'Vi ses på onsdag')
    await does(torsby, 'editComment', { id: said.id, baseVersion: 1, text: 'Vi ses på torsdag' })
    await does(torsby, 'editComment', { id: said.id, baseVersion: 2, text: 'Vi ses på torsdag klockan nio' })
    for (const reader of [torsby, polisen]) {
      const told = await wordings(reader, said.id)
      expect(told?.map(({ version, text }) => [version, text])).toEqual([
        [3, 'Vi ses på torsdag klockan nio'],
        [2, 'Vi ses på torsdag'],
        [1, 'Vi ses på onsdag'],
      ])
      expect(told?.[1]?.compared).toEqual([
        { kind: 'KEPT', text: 'Vi ses på ' },
        { kind: 'REMOVED', text: 'onsdag' },
        { kind: 'ADDED', text: 'torsdag' },
      ])
      expect(told?.[2]?.compared).toEqual([{ kind: 'ADDED', text: 'Vi ses på onsdag' }])
    }
    for (const outside of [sunne, region]) expect(await wordings(outside, said.id)).toBeNull()
  })

  test('go with the words when a comment is withdrawn: from the talk, the journal and the stream, and the chain still holds', async () => {
    const words = ['Det här skulle jag inte ha sagt', 'Det här borde jag inte ha sagt']
    const { id: about } = await jointTask(torsby, { title: 'Ett förhastat ord' })
    const start = await torsby.cursor()
    const said = await say(torsby, { task: about }, words[0] ?? '')
    await does(torsby, 'editComment', { id: said.id, baseVersion: 1, text: words[1] })
    expect(await wordings(sunne, said.id)).toHaveLength(2)
    await does(torsby, 'withdrawComment', { id: said.id })

    const everywhere = `query($id: ID!, $task: ID!, $after: Cursor!) {
      node(id: $id) { ... on Comment { text withdrawnAt wordings { nodes { text compared { text } } } } }
      task: node(id: $task) { ... on Task { comments { nodes { text } } activity { nodes { kind changes { field from to } } } } }
      changes(after: $after) { ... on ChangeBatch { changes { kind changes { from to } subject { ... on Comment { text } } } } } }`
    const told = await torsby.query<{ node: object; task: { activity: { nodes: object[] } } }>(everywhere, {
      id: said.id,
      task: about,
      after: start,
    })
    for (const text of words) expect(JSON.stringify(told)).not.toContain(text)
    expect(told.node).toMatchObject({ text: '', wordings: { nodes: [] } })
    expect(told.task.activity.nodes.slice(0, 3)).toEqual([
      { kind: 'comment.withdrawn', changes: [] },
      { kind: 'comment.edited', changes: [{ field: 'text', from: null, to: null }] },
      { kind: 'comment.written', changes: [{ field: 'text', from: null, to: null }] },
    ])
    // Nor does the database hold it: not the words, nor what would let them be guessed.
    const kept = await world.sql<{ value: string | null; salt: Buffer }>(
      'select value, salt from commitment join journal_entry entry on entry.id = entry_id where entry.subject_id = $1',
      [uuidOf(said.id)],
    )
    expect(kept).toHaveLength(3)
    for (const { value, salt } of kept) expect([value, salt.length]).toEqual([null, 0])
    await expectChains(world)
  })
})

test('what is referred to and may not be read is answered as what never existed', async () => {
  const ids = [String(draft['task']), globalId('Task', mint()), String(task['task']), String(clause['clause'])]
  const asked = 'query($ids: [ID!]!) { nodes(ids: $ids) { __typename } }'
  expect(await sunne.query(asked, { ids })).toEqual({ nodes: [null, null, { __typename: 'Task' }, { __typename: 'Clause' }] })
  const guest = await world.as('Region Värmland')
  expect(JSON.stringify(await guest.ask(asked, { ids: [ids[0]] }))).toBe(
    JSON.stringify(await guest.ask(asked, { ids: [ids[1]] })),
  )
})
