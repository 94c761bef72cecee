import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { globalId, mint, uuidOf, type Actor, type Outcome } from '../world/actor.ts'
import { act, does, DONE, type Done, type Input } from '../world/acts.ts'
import { operator } from '../realtime/newcomers.ts'
import { actLive, refusals } from '../world/refusals.ts'
import { openWorld } from '../world/world.ts'

// How an agreement comes to say something else: drafted, opened, answered by all, signed by all. Every step out of order, done twice,
// by somebody who may not, or on a text that is no longer the one that was read, is refused with its reason and leaves nothing
// behind. Through both doors.

const world = await openWorld()
afterAll(world.close)
const sunne = await world.as('Sunne')
const torsby = await world.as('Torsby')
const hagfors = await world.as('Hagfors')
const munkfors = await world.as('Munkfors')
const polisen = await world.as('Polisen')
const region = await world.as('Region Värmland')
const SIGNATORIES = [sunne, torsby, hagfors, munkfors, polisen]

const KEPT = ['agreement', 'clause', 'agreement_version', 'version_clause', 'signature', 'proposal', 'answer', DONE]
const { expectRefused } = refusals(world, KEPT)
const refused = (code: string) => ({ __typename: 'NotAllowed', code })
const invalid = (...issues: object[]) => ({ __typename: 'InvalidInput', issues })

const TREE = `{ collaboration { agreement { id title version
  latest { id number state title hash clauses { number heading text parentId clause { id } } } inForce { number }
  clauses { id number depth heading text parentId } formerClauses { id number removed }
  versions { totalCount nodes { number state } } proposals { totalCount nodes { title state } } } } }`
interface ClauseShown {
  readonly id: string
  readonly number: string
  readonly heading: string
  readonly text: string
  readonly parentId: string | null
}
interface Shown {
  readonly id: string
  readonly title: string
  readonly latest: {
    readonly id: string
    readonly number: number
    readonly state: string
    readonly title: string
    readonly hash: string
    readonly clauses: readonly (Omit<ClauseShown, 'id'> & { readonly clause: { readonly id: string } })[]
  }
  readonly inForce: { readonly number: number } | null
  readonly clauses: readonly ClauseShown[]
  readonly formerClauses: readonly { readonly id: string; readonly removed: boolean; readonly number: null }[]
  readonly versions: { readonly totalCount: number; readonly nodes: readonly { number: number; state: string }[] }
  readonly proposals: { readonly totalCount: number; readonly nodes: readonly { title: string; state: string }[] }
}
const agreementOf = async (actor: Actor): Promise<Shown> =>
  (await actor.query<{ collaboration: { agreement: Shown } }>(TREE)).collaboration.agreement

let clauses: readonly ClauseShown[] = []
const clause = (number: string): string => clauses.find((one) => one.number === number)?.id ?? expect.fail(`no clause ${number}`)
beforeAll(async () => {
  ;({ clauses } = await agreementOf(sunne))
})

const change = (number: string, text: string) => ({ kind: 'CHANGE', clause: clause(number), text })
const proposal = async (actor: Actor, changes: object[], more: Input = {}): Promise<Done['subject']> =>
  (await does(actor, 'draftProposal', { id: mint(), title: 'Ett förslag', reason: 'Därför.', changes, ...more })).subject
const opened = async (actor: Actor, changes: object[]): Promise<string> => {
  const { id } = await proposal(actor, changes)
  await does(actor, 'openProposal', { id })
  return id
}
const answer = (actor: Actor, id: string, position = 'YES', reason?: string) =>
  act(actor, 'answerProposal', { id, position, ...(reason && { reason }) })
const answeredByAll = async (id: string): Promise<Outcome> => {
  let last: Outcome | undefined
  for (const actor of SIGNATORIES) last = await answer(actor, id)
  return last ?? expect.fail('nobody answered')
}

test('the hash is that of the text, worked out by whoever reads it', async () => {
  const { id, latest } = await agreementOf(region)
  const said = latest.clauses.map(({ number, heading, text, parentId, clause: { id: of } }) => ({
    heading,
    id: uuidOf(of),
    number,
    parent: parentId && uuidOf(parentId),
    text,
  }))
  const canonical = JSON.stringify({ agreement: uuidOf(id), clauses: said, number: latest.number, title: latest.title })
  expect(createHash('sha256').update(canonical).digest('hex')).toBe(latest.hash)
})

test('from a draft to a text that holds, step by step, each in its turn only', async () => {
  const before = await agreementOf(sunne)
  const added = mint()
  const steps = [
    { kind: 'CHANGE', clause: clause('1'), heading: 'Syfte och mål' },
    { kind: 'ADD', clause: added, parent: clause('1'), after: clause('1.2'), heading: 'Mätbara mål', text: 'Målen följs upp.' },
    { kind: 'ADD', clause: mint(), parent: added, heading: 'Underpunkt' },
    { kind: 'MOVE', clause: clause('6'), after: clause('2') },
    { kind: 'REMOVE', clause: clause('2.2') },
  ]
  const input = { id: mint(), title: 'Mål som går att följa', reason: '', changes: steps, idempotencyKey: mint() }
  const { subject: draft } = await does(sunne, 'draftProposal', input)
  const again = await does(sunne, 'draftProposal', input)
  expect(again.subject).toEqual(draft)
  const { id } = draft

  // A draft is nobody else's.
  for (const actor of [torsby, region])
    expect(await act(actor, 'answerProposal', { id, position: 'YES' })).toMatchObject({ __typename: 'NotFound', field: 'id' })
  await expectRefused(sunne, 'answerProposal', { id, position: 'YES' }, refused('STATE'))
  await expectRefused(sunne, 'openProposal', { id }, invalid({ field: 'reason', code: 'EMPTY' }))
  // The steps as they came back are the steps to send.
  const kept = (draft['changes'] as Record<string, unknown>[]).map(({ clauseId, parentId, afterId, ...rest }) => ({
    ...rest,
    clause: clauseId,
    parent: parentId,
    after: afterId,
  }))
  await does(sunne, 'editProposal', { id, baseVersion: 1, reason: 'För att vi ska veta om det hjälper.', changes: kept })
  await expectRefused(
    sunne,
    'editProposal',
    { id, baseVersion: 1, reason: 'Annat.' },
    { __typename: 'Conflict', conflicts: [{ field: 'reason' }] },
  )
  await expectRefused(await world.as('Sunne', 'CONTRIBUTOR'), 'openProposal', { id }, refused('ROLE'))
  const told = await torsby.followFromNow()
  await does(sunne, 'openProposal', { id, baseVersion: 2 })
  await expectRefused(sunne, 'openProposal', { id }, refused('STATE'))
  await expectRefused(sunne, 'editProposal', { id, baseVersion: 3, title: 'Annat' }, refused('STATE'))
  await expectRefused(torsby, 'withdrawProposal', { id }, refused('NOT_OWN_PARTY'))

  // Answers: by mandate, of signatories, with a reason for a no; they may be changed.
  await expectRefused(region, 'answerProposal', { id, position: 'YES' }, refused('NOT_SIGNATORY'))
  await expectRefused(await world.as('Torsby', 'CONTRIBUTOR'), 'answerProposal', { id, position: 'YES' }, refused('MANDATE'))
  await expectRefused(torsby, 'answerProposal', { id, position: 'NO' }, invalid({ field: 'reason', code: 'EMPTY' }))
  expect(await answer(torsby, id, 'NO', 'Vi hinner inte.')).toMatchObject({ proposal: { state: 'OPEN' } })
  expect(await answer(torsby, id, 'ABSTAIN')).toMatchObject({
    proposal: { state: 'OPEN', answers: [{ position: 'ABSTAIN', reason: null }] },
  })
  for (const actor of [sunne, hagfors, munkfors])
    expect(await answer(actor, id)).toMatchObject({ proposal: { state: 'OPEN', result: null } })
  const last = await answer(polisen, id)
  expect(last).toMatchObject({
    proposal: { state: 'INCORPORATED', awaiting: [], base: { number: 2 }, result: { number: 3, state: 'AWAITING_SIGNATURES' } },
  })
  await expectRefused(polisen, 'answerProposal', { id, position: 'ABSTAIN' }, refused('STATE'))
  await expectRefused(sunne, 'withdrawProposal', { id }, refused('STATE'))

  // The clauses show the latest words; what holds is still what all had signed.
  const now = await agreementOf(region)
  expect(now.clauses.slice(0, 5).map(({ number, heading }) => `${number} ${heading}`)).toEqual([
    '1 Syfte och mål',
    '1.1 Vad samverkan ska åstadkomma',
    '1.2 Gemensam grund',
    '1.3 Mätbara mål',
    '1.3.1 Underpunkt',
  ])
  expect(now.formerClauses).toEqual([{ id: clause('2.2'), number: null, removed: true }])
  expect(now.latest.clauses.map(({ heading }) => heading)).toEqual(now.clauses.map(({ heading }) => heading))
  expect(now.inForce).toEqual({ number: 2 })

  // Signatures: by mandate, once, on exactly this text.
  const { id: version, hash } = now.latest
  await expectRefused(region, 'signVersion', { id: version, hash }, refused('NOT_SIGNATORY'))
  await expectRefused(await world.as('Torsby', 'CONTRIBUTOR'), 'signVersion', { id: version, hash }, refused('MANDATE'))
  await expectRefused(torsby, 'signVersion', { id: version, hash: before.latest.hash }, refused('TEXT_CHANGED'))
  await expectRefused(torsby, 'signVersion', { id: before.latest.id, hash: before.latest.hash }, refused('STATE'))
  const signing = { id: version, hash, idempotencyKey: mint() }
  const signed = await does(torsby, 'signVersion', signing)
  expect((await does(torsby, 'signVersion', signing)).subject).toEqual(signed.subject)
  await expectRefused(torsby, 'signVersion', { id: version, hash }, refused('STATE'))
  for (const actor of [sunne, hagfors, munkfors])
    expect(await act(actor, 'signVersion', { id: version, hash })).toMatchObject({
      agreementVersion: { state: 'AWAITING_SIGNATURES' },
    })
  expect(await act(polisen, 'signVersion', { id: version, hash })).toMatchObject({
    agreementVersion: { state: 'IN_FORCE', awaiting: [], signatures: SIGNATORIES.map(() => ({ hash })) },
  })
  await expectRefused(polisen, 'signVersion', { id: version, hash }, refused('STATE'))

  const after = await agreementOf(region)
  expect(after.inForce).toEqual({ number: 3 })
  expect(after.versions.nodes.slice(0, 2)).toEqual([
    { number: 3, state: 'IN_FORCE' },
    { number: 2, state: 'SUPERSEDED' },
  ])
  await told.until('version.entered')
  expect(told.changes.map(({ kind }) => kind)).toEqual([
    'proposal.opened',
    ...SIGNATORIES.map(() => 'proposal.answered'),
    'proposal.answered',
    'proposal.incorporated',
    'version.made',
    ...SIGNATORIES.map(() => 'version.signed'),
    'version.superseded',
    'version.entered',
  ])
  ;({ clauses } = after)
})

test('one no is enough, and a yes from nobody is no agreement', async () => {
  const one = await opened(torsby, [change('1', 'Nej tack')])
  for (const actor of SIGNATORIES.slice(1)) await answer(actor, one)
  expect(await answer(sunne, one, 'NO', 'Inte så.')).toMatchObject({ proposal: { state: 'REJECTED', result: null } })
  const other = await opened(torsby, [change('1', 'Vi vet inte')])
  for (const actor of SIGNATORIES.slice(1)) await answer(actor, other, 'ABSTAIN')
  expect(await answer(sunne, other, 'ABSTAIN')).toMatchObject({ proposal: { state: 'REJECTED', result: null } })
})

test('of two proposals on the same clause the second is overtaken; on another clause both come through', async () => {
  const ours = await opened(sunne, [change('1.1', 'Vårt')])
  const theirs = await opened(torsby, [change('1.1', 'Deras')])
  const apart = await opened(hagfors, [change('4', 'Avtalet följs upp ofta.')])
  const draft = await proposal(munkfors, [change('1.1', 'Ett utkast')])
  expect(await answeredByAll(ours)).toMatchObject({ proposal: { state: 'INCORPORATED' } })
  const { latest } = await agreementOf(sunne)
  expect(await answeredByAll(theirs)).toMatchObject({ proposal: { state: 'OVERTAKEN', result: null } })
  await expectRefused(munkfors, 'openProposal', { id: draft.id }, refused('TEXT_CHANGED'))
  await does(munkfors, 'editProposal', { id: draft.id, baseVersion: 1, base: latest.id })
  await does(munkfors, 'openProposal', { id: draft.id })
  expect(await answeredByAll(apart)).toMatchObject({ proposal: { state: 'INCORPORATED' } })

  // The one in between was never signed by all: it has lapsed, and what it changed is in the next.
  const now = await agreementOf(sunne)
  expect(now.versions.nodes.slice(0, 3).map(({ state }) => state)).toEqual(['AWAITING_SIGNATURES', 'LAPSED', 'IN_FORCE'])
  expect(now.clauses.find(({ number }) => number === '1.1')?.text).toBe('Vårt')
  await expectRefused(torsby, 'signVersion', { id: latest.id, hash: latest.hash }, refused('STATE'))
})

test('two last answers at once make one version, two last signatures one entry into force', async () => {
  const id = await opened(sunne, [change('2', 'Sagt av två på en gång.')])
  for (const actor of SIGNATORIES.slice(2)) await answer(actor, id)
  const at = async () =>
    world.sql<{ kind: string; count: number }>(
      `select kind, count(*)::int from journal_entry where kind in ('version.made', 'version.entered', 'proposal.incorporated') group by kind order by kind`,
    )
  const before = await at()
  const outcomes = await Promise.all([
    act(sunne, 'answerProposal', { id, position: 'YES' }),
    actLive(torsby, 'answerProposal', { id, position: 'YES' }),
  ])
  expect(outcomes.map(({ __typename }) => __typename)).toEqual(['ProposalChanged', 'ProposalChanged'])
  const { latest } = await agreementOf(sunne)
  for (const actor of SIGNATORIES.slice(2)) await does(actor, 'signVersion', { id: latest.id, hash: latest.hash })
  const signing = { id: latest.id, hash: latest.hash }
  await Promise.all([
    act(sunne, 'signVersion', signing),
    actLive(torsby, 'signVersion', signing),
    act(sunne, 'signVersion', signing),
  ])
  expect((await agreementOf(sunne)).inForce).toEqual({ number: latest.number })
  expect(await world.sql('select count(*)::int from signature where version_id = $1', [uuidOf(latest.id)])).toEqual([
    { count: 5 },
  ])
  expect(await at()).toEqual(before.map(({ kind, count }) => ({ kind, count: count + 1 })))
})

test('steps that do not fit are told beside their field; a foreign clause is one that never was', async () => {
  const draft = (changes: object[], more: Input = {}) => ({
    id: mint(),
    title: 'Ett förslag',
    reason: 'Därför.',
    changes,
    ...more,
  })
  const never = globalId('Clause', mint())
  const unknown = (field: string) => invalid({ field, code: 'UNKNOWN' })
  await expectRefused(sunne, 'draftProposal', draft([{ kind: 'CHANGE', clause: never, text: 'x' }]), unknown('changes.0.clause'))
  await expectRefused(sunne, 'draftProposal', draft([{ kind: 'ADD', clause: never, heading: 'x' }]), unknown('changes.0.clause'))
  await expectRefused(
    sunne,
    'draftProposal',
    draft([change('1', 'x'), { kind: 'MOVE', clause: clause('1'), parent: clause('1.1') }]),
    unknown('changes.1.parent'),
  )
  await expectRefused(
    sunne,
    'draftProposal',
    draft([
      { kind: 'ADD', clause: 'x', text: 'y'.repeat(20_001) },
      { kind: 'CHANGE', clause: clause('1') },
    ]),
    invalid(
      { field: 'changes.0.heading', code: 'EMPTY' },
      { field: 'changes.0.clause', code: 'INVALID_ID' },
      { field: 'changes.0.text', code: 'TOO_LONG', limit: 20_000 },
      { field: 'changes.1.text', code: 'EMPTY' },
    ),
  )
  await expectRefused(
    sunne,
    'draftProposal',
    draft(Array.from({ length: 201 }, () => change('1', 'x'))),
    invalid({ field: 'changes', code: 'TOO_MANY' }),
  )
  const empty = await proposal(sunne, [])
  await expectRefused(sunne, 'openProposal', { id: empty.id }, invalid({ field: 'changes', code: 'EMPTY' }))
  await expectRefused(region, 'draftProposal', draft([]), refused('NOT_SIGNATORY'))
  const foreign = { base: globalId('AgreementVersion', mint()) }
  await expectRefused(sunne, 'draftProposal', draft([], foreign), { __typename: 'NotFound', field: 'base' })
})

test('clauses are talked about, and tasks come of them, as long as they stand', async () => {
  const { formerClauses } = await agreementOf(sunne)
  const former = formerClauses[0]?.id ?? expect.fail('no clause was removed')
  const remark = (about: Input) => ({ id: mint(), audience: 'AS_PARENT', text: 'En fråga', ...about })
  const { subject } = await does(region, 'writeComment', remark({ clause: clause('1') }))
  expect(subject['readers']).toHaveLength(6)
  await does(sunne, 'writeComment', remark({ clause: clause('1'), audience: 'OWN' }))
  const task = (await does(torsby, 'createTask', { id: mint(), title: 'Ur avtalet', clause: clause('1') })).subject
  const about = `query($id: ID!) { node(id: $id) { ... on Clause { tasks { totalCount nodes { title } } comments { totalCount } } } }`
  expect(await torsby.query(about, { id: clause('1') })).toMatchObject({
    node: { tasks: { totalCount: 1, nodes: [{ title: 'Ur avtalet' }] }, comments: { totalCount: 1 } },
  })
  expect(await sunne.query(about, { id: clause('1') })).toMatchObject({
    node: { tasks: { totalCount: 0 }, comments: { totalCount: 2 } },
  })
  await expectRefused(sunne, 'writeComment', remark({ clause: former }), refused('STATE'))
  await expectRefused(sunne, 'writeComment', remark({}), invalid({ field: 'task', code: 'EMPTY' }))
  await expectRefused(
    sunne,
    'writeComment',
    remark({ task: task.id, clause: clause('1') }),
    invalid({ field: 'clause', code: 'TOO_MANY' }),
  )
  await expectRefused(
    torsby,
    'editTask',
    { id: task.id, baseVersion: 1, clause: former },
    invalid({ field: 'clause', code: 'UNKNOWN' }),
  )
  await does(torsby, 'editTask', { id: task.id, baseVersion: 1, clause: null })
  expect(await torsby.query(about, { id: clause('1') })).toMatchObject({ node: { tasks: { totalCount: 0 } } })
})

test('a party that is admitted reads all that is joint of the agreement, a guest nothing, and neither a draft', async () => {
  await proposal(sunne, [change('1', 'Bara vårt')])
  const admit = (name: string, mark: string, role: string) =>
    operator(
      world,
      'party',
      'admit',
      '--collaboration',
      sunne.slug ?? '',
      '--name',
      name,
      '--mark',
      mark,
      '--role',
      role,
      '--kind',
      'business',
    )
  await admit('Föreningen', 'F', 'associate')
  await admit('Gästen', 'G', 'guest')
  for (const table of KEPT.slice(0, -1))
    expect(
      await world.sql(
        `select name, bool_or(party.id = any (row.readers)) as reads, count(*) filter (where not party.id = any (row.readers))::int > 0 as not_all
         from party, ${table} row where party.mark in ('F', 'G') group by name order by name`,
      ),
      table,
    ).toEqual([
      { name: 'Föreningen', reads: true, not_all: table === 'proposal' },
      { name: 'Gästen', reads: false, not_all: true },
    ])
})

test('what has been written once is refused to the owner of the tables too', async () => {
  for (const statement of [
    `update version_clause set text = 'Annat'`,
    `update agreement_version set hash = repeat('0', 64)`,
    `update signature set signed_at = now()`,
    `delete from signature`,
    `update proposal set title = 'Annat' where state = 'OPEN' or audience = 'JOINT'`,
  ])
    await expect(world.sql(statement), statement).rejects.toThrow('is written once')
})
