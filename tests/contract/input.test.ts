import { afterAll, describe, expect, test } from 'vitest'
import { globalId, mint } from '../world/actor.ts'
import { draftProposal, openProposal } from '../world/agreements.ts'
import { act, documentOf, does, DONE, jointTask, newTask, type Input } from '../world/acts.ts'
import { DOORS, refusals } from '../world/refusals.ts'
import { openWorld } from '../world/world.ts'

// What is wrong is told beside its field, all of it at once, by a code that the page puts into the reader's language; and
// nothing is half-saved: after each refusal the database is what it was. Through both doors.

const world = await openWorld()
afterAll(world.close)
const torsby = await world.as('Torsby')
const sunne = await world.as('Sunne')

const KEPT = ['proposal', 'answer', 'signature', 'task', 'comment', 'member', 'mandate', DONE, 'idempotency_record']

const { everything, expectRefused } = refusals(world, KEPT)
const invalid = (...issues: object[]) => ({ __typename: 'InvalidInput', issues })

const draft = await newTask(torsby)
const talk = await jointTask(torsby)
const said = (await does(torsby, 'writeComment', { id: mint(), task: talk.id, audience: 'AS_PARENT', text: 'Så här' })).subject
const theirs = await newTask(sunne)
const edit = (field: string, value: unknown): Input => ({ id: draft.id, baseVersion: 1, [field]: value })
const seat = { id: mint(), name: 'Åsa Ny', title: 'Fältare', email: 'asa@torsby.example', roles: ['OBSERVER'] }

describe('texts', () => {
  test.each([
    ['nothing', '', 'EMPTY'],
    ['only spaces', ' \u00a0 ', 'EMPTY'],
    ['NUL', 'a\u0000b', 'INVALID_CHARACTER'],
    ['a control character', 'a\u0007b', 'INVALID_CHARACTER'],
    ['a mark that turns the direction', 'a\u202eb', 'INVALID_CHARACTER'],
    ['half a character', 'a\ud800b', 'INVALID_CHARACTER'],
    ['two lines', 'a\nb', 'INVALID_CHARACTER'],
    ['201 characters', 'å'.repeat(201), 'TOO_LONG'],
  ])('a title of %s', async (_what, title, code) => {
    await expectRefused(torsby, 'createTask', { id: mint(), title }, invalid({ field: 'title', code }))
    await expectRefused(torsby, 'editTask', edit('title', title), invalid({ field: 'title', code }))
  })

  test('200 characters are counted as people count them, and all of them are kept', async () => {
    const title = '🚒'.repeat(200)
    expect((await does(torsby, 'createTask', { id: mint(), title })).subject['title']).toBe(title)
  })

  test('a hundred thousand characters, or NUL, in a description or a comment', async () => {
    const long = 'x'.repeat(100_000)
    const comment = { id: mint(), task: talk.id, audience: 'AS_PARENT' }
    const before = await everything()
    const tooLong = [{ code: 'TOO_LONG' }]
    expect(await act(torsby, 'editTask', edit('description', long))).toMatchObject({ issues: tooLong })
    expect(await act(torsby, 'writeComment', { ...comment, text: long })).toMatchObject({ issues: tooLong })
    expect(await act(torsby, 'editComment', { id: said.id, baseVersion: 1, text: long })).toMatchObject({ issues: tooLong })
    expect(await act(torsby, 'inviteMember', { ...seat, name: long })).toMatchObject({ issues: tooLong })
    expect(await everything()).toBe(before)
    await expectRefused(
      torsby,
      'editTask',
      edit('description', 'x'.repeat(20_001)),
      invalid({ field: 'description', limit: 20_000 }),
    )
    await expectRefused(
      torsby,
      'writeComment',
      { ...comment, text: 'x'.repeat(10_001) },
      invalid({ field: 'text', limit: 10_000 }),
    )
    for (const [text, code] of [
      ['\u0000', 'INVALID_CHARACTER'],
      [' \n ', 'EMPTY'],
    ]) {
      await expectRefused(torsby, 'writeComment', { ...comment, text }, invalid({ field: 'text', code }))
      await expectRefused(torsby, 'editComment', { id: said.id, baseVersion: 1, text }, invalid({ field: 'text', code }))
    }
  })

  test('script is text like any other: kept as it was written', async () => {
    const text = '<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror=alert(1)>'
    const { subject } = await does(torsby, 'writeComment', { id: mint(), task: talk.id, audience: 'AS_PARENT', text })
    expect(subject['text']).toBe(text)
  })

  test('all that is wrong is told at once', () =>
    expectRefused(
      torsby,
      'inviteMember',
      { id: 'no-id', name: '', title: 'x'.repeat(101), email: 'nobody', roles: [] },
      {
        __typename: 'InvalidInput',
        issues: expect.arrayContaining([
          expect.objectContaining({ field: 'id', code: 'INVALID_ID' }),
          expect.objectContaining({ field: 'name', code: 'EMPTY' }),
          expect.objectContaining({ field: 'title', code: 'TOO_LONG', limit: 100 }),
          expect.objectContaining({ field: 'email', code: 'INVALID_EMAIL' }),
          expect.objectContaining({ field: 'roles', code: 'EMPTY' }),
        ]),
      },
    ))
})

describe('of the agreement', () => {
  const words = { id: mint(), title: 'Ny lydelse', reason: 'Tydligare.', changes: [] }
  const code = (field: string, what: string) => invalid({ field, code: what })

  test('the words of a proposal, of its steps, and of an answer', async () => {
    const { id } = await draftProposal(torsby)
    for (const [field, value, what] of [
      ['title', '', 'EMPTY'],
      ['title', 'x'.repeat(201), 'TOO_LONG'],
      ['title', 'a\nb', 'INVALID_CHARACTER'],
      ['reason', 'a\u0000b', 'INVALID_CHARACTER'],
      ['reason', 'x'.repeat(10_001), 'TOO_LONG'],
    ] as const) {
      await expectRefused(torsby, 'draftProposal', { ...words, [field]: value }, code(field, what))
      await expectRefused(torsby, 'editProposal', { id, baseVersion: 1, [field]: value }, code(field, what))
    }
    const step = (more: object) => ({ ...words, changes: [{ kind: 'ADD', clause: mint(), heading: 'Ny', ...more }] })
    await expectRefused(torsby, 'draftProposal', step({ heading: ' ' }), code('changes.0.heading', 'EMPTY'))
    await expectRefused(torsby, 'draftProposal', step({ heading: 'å'.repeat(201) }), code('changes.0.heading', 'TOO_LONG'))
    await expectRefused(torsby, 'draftProposal', step({ text: '\u202e' }), code('changes.0.text', 'INVALID_CHARACTER'))
    await expectRefused(torsby, 'draftProposal', step({ parent: '' }), code('changes.0.parent', 'INVALID_ID'))
    const open = await openProposal(torsby)
    await expectRefused(torsby, 'answerProposal', { id: open, position: 'NO', reason: ' ' }, code('reason', 'EMPTY'))
    await expectRefused(
      torsby,
      'answerProposal',
      { id: open, position: 'YES', reason: '\u0007' },
      code('reason', 'INVALID_CHARACTER'),
    )
  })

  test('ids that name no proposal and no version', async () => {
    const { id: draft } = await draftProposal(sunne)
    for (const id of ['x', '', mint(), globalId('Proposal', mint()), draft, talk.id]) {
      const missing = { __typename: 'NotFound', field: 'id' }
      await expectRefused(torsby, 'editProposal', { id, baseVersion: 1, title: 'Annat' }, missing)
      await expectRefused(torsby, 'openProposal', { id }, missing)
      await expectRefused(torsby, 'withdrawProposal', { id }, missing)
      await expectRefused(torsby, 'answerProposal', { id, position: 'YES' }, missing)
      await expectRefused(torsby, 'signVersion', { id, hash: '0'.repeat(64) }, missing)
    }
  })
})

describe('days', () => {
  test.each([
    '2027-02-29',
    '2027-13-01',
    '2027-00-10',
    '1899-12-31',
    '3000-01-01',
    '27-01-01',
    'i morgon',
    '',
    '2027-01-01T00:00:00Z',
  ])('“%s” is no day of ours', (dueOn) =>
    expectRefused(torsby, 'editTask', edit('dueOn', dueOn), invalid({ field: 'dueOn', code: 'INVALID_DATE' })),
  )

  test('a mandate that ends before it begins', () =>
    expectRefused(
      torsby,
      'inviteMember',
      { ...seat, mandates: [{ kind: 'SIGN', validFrom: '2027-01-02', validTo: '2027-01-01' }] },
      invalid({ field: 'mandates', code: 'INVALID_DATE' }),
    ))
})

describe('ids', () => {
  const never = mint()
  test.each([
    ['no id at all', 'x'],
    ['nothing', ''],
    ['what never was', globalId('Task', never)],
    ['another party’s', theirs.id],
    ['another kind of thing', said.id],
    ['the bare UUID', never],
    ['SQL', globalId('Task', "' or true --")],
  ])('of a task: %s', async (_what, id) => {
    const missing = { __typename: 'NotFound' }
    await expectRefused(torsby, 'editTask', { id, baseVersion: 1, title: 'Annat' }, missing)
    await expectRefused(torsby, 'moveTask', { id, state: 'ONGOING' }, missing)
    await expectRefused(torsby, 'archiveTask', { id }, missing)
    await expectRefused(torsby, 'writeComment', { id: mint(), task: id, audience: 'OWN', text: 'Hej' }, missing)
    await expectRefused(torsby, 'moveTask', { id: draft.id, state: 'ONGOING', after: id }, missing)
  })

  test('of those responsible and assigned', async () => {
    for (const [field, ids] of [
      ['responsible', [globalId('Party', never)]],
      ['responsible', [torsby.memberId]],
      ['assignees', [globalId('Member', never)]],
      ['assignees', ['x']],
    ] as const)
      await expectRefused(torsby, 'assignTask', edit(field, ids), invalid({ field, code: 'UNKNOWN' }))
    const many = Array.from({ length: 1_000 }, () => torsby.memberId)
    expect(await act(torsby, 'assignTask', edit('assignees', many))).not.toMatchObject({ __typename: 'InternalError' })
  })

  test('minted by the client: no UUID, or one that is taken', async () => {
    await expectRefused(torsby, 'createTask', { id: 'x', title: 'Ny' }, invalid({ field: 'id', code: 'INVALID_ID' }))
    const id = mint()
    await does(torsby, 'createTask', { id, title: 'Min' })
    await expectRefused(torsby, 'createTask', { id, title: 'Min igen' }, invalid({ field: 'id', code: 'TAKEN' }))
    expect(await act(sunne, 'createTask', { id, title: 'Vår' })).toMatchObject({ __typename: 'TaskChanged' })
  })
})

describe('what has changed since', () => {
  test('two edit the same field: the second is told what stands there, and by whom', async () => {
    const { id } = await jointTask(torsby)
    const other = await world.as('Torsby')
    await does(other, 'editTask', { id, baseVersion: 2, title: 'Deras' })
    await expectRefused(
      torsby,
      'editTask',
      { id, baseVersion: 2, title: 'Vår', description: 'Mer' },
      {
        __typename: 'Conflict',
        currentVersion: 3,
        conflicts: [{ field: 'title', current: ['Deras'], actor: { id: other.memberId } }],
      },
    )
    expect(await act(torsby, 'editTask', { id, baseVersion: 2, description: 'Mer' })).toMatchObject({
      task: { title: 'Deras', description: 'Mer', version: 4 },
    })
  })

  test('both at the same moment: one is kept, one is told', async () => {
    const { id } = await newTask(torsby)
    const outcomes = await Promise.all(
      Object.values(DOORS).map((through, index) =>
        through(torsby, 'editTask', { id, baseVersion: 1, title: `Förslag ${index}` }),
      ),
    )
    expect(outcomes.map(({ __typename }) => __typename).toSorted()).toEqual(['Conflict', 'TaskChanged'])
  })

  test('a base that never was', async () => {
    for (const baseVersion of [0, -1, 99])
      await expectRefused(
        torsby,
        'editTask',
        { id: draft.id, baseVersion, title: 'Annat' },
        { __typename: expect.stringMatching(/Conflict|InvalidInput/) },
      )
  })
})

test('what the schema does not allow is told without a reference to a log, and does nothing', async () => {
  const before = await everything()
  for (const input of [
    { id: mint() },
    { id: mint(), title: null },
    { id: mint(), title: 7 },
    { id: mint(), title: 'Ny', state: 'NEVER' },
    { id: mint(), title: 'Ny', unknown: true },
    'input',
    null,
  ]) {
    const answers = [
      await torsby.ask(documentOf('createTask'), { input }),
      await torsby.askLive(documentOf('createTask'), { input }),
    ]
    for (const { data, errors } of answers) {
      expect(data ?? null, JSON.stringify(input)).toBeNull()
      expect(errors?.length, JSON.stringify(input)).toBeGreaterThan(0)
      expect(errors?.[0]?.extensions?.['reference'], JSON.stringify(input)).toBeUndefined()
    }
  }
  expect(await everything()).toBe(before)
})
