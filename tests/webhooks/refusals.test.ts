import { afterAll, expect, test } from 'vitest'
import { mint } from '../world/actor.ts'
import { does, DONE, type Input, type Verb } from '../world/acts.ts'
import { refusals } from '../world/refusals.ts'
import { openWorld } from '../world/world.ts'
import { EVERYTHING, keyOf } from './hooks.ts'

// Each refusal through both doors, with everything left as it was. Nothing of this machine may be sent to here.

const world = await openWorld()
afterAll(world.close)
// Not the webhooks themselves: attempts go on meanwhile. Whatever is done to one has an entry.
const { expectRefused } = refusals(world, ['api_key', DONE])
const torsby = await world.as('Torsby')
const contributor = await world.as('Torsby', 'CONTRIBUTOR')
const sunne = await world.as('Sunne')
const key = await keyOf(torsby)
const right = { id: mint(), name: 'Diariet', url: 'https://diariet.torsby.example/hook', document: EVERYTHING, key }
const { subject: hook } = await does(torsby, 'makeWebhook', right)
const CHANGES: readonly Verb[] = [
  'editWebhook',
  'pauseWebhook',
  'resumeWebhook',
  'changeWebhookSecret',
  'testWebhook',
  'replayWebhook',
  'removeWebhook',
]

/** What any of them needs beside whom it is done to. */
const ASKED: Partial<Record<Verb, Input>> = { editWebhook: { baseVersion: 1, name: 'Diariet i Torsby' } }

const wrong = (field: string, code: string) => ({ issues: [{ field, code }] })
const making = (input: Input) => ({ ...right, id: mint(), ...input })
/** The same asked of one that is made and of one that there is. */
const asking = (input: Input): readonly (readonly [Verb, Input])[] => [
  ['makeWebhook', making(input)],
  ['editWebhook', { id: hook.id, baseVersion: 1, ...input }],
]

test('whoever does not look after the party’s people makes and changes none; another party’s do not exist', async () => {
  await expectRefused(contributor, 'makeWebhook', making({}), { __typename: 'NotAllowed', code: 'ROLE' })
  for (const verb of CHANGES) {
    await expectRefused(contributor, verb, { id: hook.id, ...ASKED[verb] }, { __typename: 'NotAllowed', code: 'ROLE' })
    await expectRefused(sunne, verb, { id: hook.id, ...ASKED[verb] }, { __typename: 'NotFound', field: 'id' })
    await expectRefused(torsby, verb, { id: btoa(`Webhook:${mint()}`), ...ASKED[verb] }, { __typename: 'NotFound', field: 'id' })
    await expectRefused(torsby, verb, { id: key, ...ASKED[verb] }, { __typename: 'NotFound', field: 'id' })
  }
})

test('a key of another party, one that never was, and one that no longer holds are one answer', async () => {
  const revoked = await keyOf(torsby)
  await does(torsby, 'revokeKey', { id: revoked })
  for (const one of [await keyOf(sunne), btoa(`ApiKey:${mint()}`), revoked, hook.id])
    await expectRefused(torsby, 'makeWebhook', making({ key: one }), { __typename: 'NotFound', field: 'key' })
})

test('nothing is sent to what is inside, or without encryption', async () => {
  for (const url of [
    'http://diariet.torsby.example/',
    'https://127.0.0.1/',
    'https://[::ffff:10.0.0.1]/',
    'https://169.254.169.254/',
    'x',
    'https://2130706433/',
  ])
    for (const [verb, input] of asking({ url })) await expectRefused(torsby, verb, input, wrong('url', 'INVALID_ADDRESS'))
})

test('a document must be a subscription that a follower might have sent, and what is wrong is said', async () => {
  for (const [document, detail] of [
    ['{ cursor }', 'It must be a subscription'],
    ['mutation { noteVisit(input: {}) { __typename } }', ''],
    ['subscription {', 'Syntax Error'],
    ['subscription { changes { nothing } }', 'Cannot query field "nothing"'],
    ['subscription ($after: Cursor) { changes(after: $after) { __typename } }', 'There are no variables'],
    ['subscription One { changes { __typename } } subscription Two { changes { __typename } }', 'one operation'],
    [
      `subscription { changes { ... on ChangeBatch { changes { subject { ... on Task { ${'party { '.repeat(20)} name ${'} '.repeat(20)} } } } } } }`,
      'fields within fields',
    ],
    [
      `subscription { changes { ${'a: __typename '.repeat(101).replaceAll('a:', () => `a${mint().replaceAll('-', '')}:`)} } }`,
      'Too many aliases',
    ],
  ] as const)
    for (const [verb, input] of asking({ document }))
      await expectRefused(torsby, verb, input, {
        issues: [{ field: 'document', code: 'INVALID_DOCUMENT', detail: expect.stringContaining(detail) }],
      })
})

test('what is called nothing, too long or of several lines is refused beside its field, also when it is changed', async () => {
  for (const [field, value, code] of [
    ['name', ' ', 'EMPTY'],
    ['name', 'x'.repeat(101), 'TOO_LONG'],
    ['name', 'Två\nrader', 'INVALID_CHARACTER'],
    ['document', `${EVERYTHING}${' '.repeat(20_000)}`, 'TOO_LONG'],
  ] as const)
    for (const [verb, input] of asking({ [field]: value }))
      await expectRefused(torsby, verb, input, { issues: expect.arrayContaining([expect.objectContaining({ field, code })]) })
})

test('whoever changes one as somebody else has changed it is told so; a version that never was is none', async () => {
  const { subject } = await does(torsby, 'makeWebhook', making({}))
  const { id, version: baseVersion } = subject
  await does(torsby, 'editWebhook', { id, baseVersion, name: 'Statistiken' })
  await expectRefused(
    torsby,
    'editWebhook',
    { id, baseVersion, name: 'Arkivet' },
    {
      __typename: 'Conflict',
      currentVersion: 2,
      conflicts: [{ field: 'name', current: ['Statistiken'], actor: { id: torsby.memberId } }],
    },
  )
  await expectRefused(torsby, 'editWebhook', { id, baseVersion: 9, name: 'Arkivet' }, wrong('baseVersion', 'UNKNOWN'))
  await does(torsby, 'removeWebhook', { id })
})

test('when its key has ended its name can be changed, and nothing of what is sent', async () => {
  const ending = await keyOf(torsby)
  const { subject } = await does(torsby, 'makeWebhook', making({ key: ending }))
  await does(torsby, 'pauseWebhook', { id: subject.id })
  await does(torsby, 'revokeKey', { id: ending })
  const { id } = subject
  for (const input of [{ url: 'https://annat.torsby.example/' }, { document: `${EVERYTHING} # mer` }])
    await expectRefused(torsby, 'editWebhook', { id, baseVersion: 2, ...input }, { __typename: 'NotAllowed', code: 'STATE' })
  await does(torsby, 'editWebhook', { id, baseVersion: 2, name: 'Den som var' })
  await does(torsby, 'removeWebhook', { id })
})

test('a place in another stream, or in none, is no place', async () => {
  const foreign = await sunne.cursor()
  for (const after of [foreign, 'x', btoa('1.x.1.1')]) {
    await expectRefused(torsby, 'makeWebhook', making({ after }), wrong('after', 'UNKNOWN'))
    await expectRefused(torsby, 'replayWebhook', { id: hook.id, after }, wrong('after', 'UNKNOWN'))
  }
})

test('no more than twenty at once; what is removed is past, and makes room', async () => {
  for (let count = 1; count < 20; count += 1) await does(torsby, 'makeWebhook', making({}))
  await expectRefused(torsby, 'makeWebhook', making({}), { issues: [{ field: 'id', code: 'TOO_MANY', limit: 20 }] })
  await does(torsby, 'removeWebhook', { id: hook.id })
  for (const verb of CHANGES.filter((one) => one !== 'removeWebhook'))
    await expectRefused(torsby, verb, { id: hook.id, ...ASKED[verb] }, { code: 'STATE' })
  await does(torsby, 'makeWebhook', making({}))
})
