import { createECDH, randomBytes } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { mint, uuidOf, type Actor, type Outcome } from '../world/actor.ts'
import { awaitingVersion, clauseOf, draftProposal, openProposal, signatoriesOf } from '../world/agreements.ts'
import { act, does, DONE, jointTask, newTask, verbs, type Input, type Verb } from '../world/acts.ts'
import { attach, upload } from '../world/files.ts'
import { openWorld } from '../world/world.ts'
import { EVERYTHING } from '../webhooks/hooks.ts'
import { expectChains } from './chain.ts'
import { partiesOf } from './newcomers.ts'

// An act that is sent again under its key happens once, whoever lost the answer: sent twice at once, to two servers at once,
// and after the server was killed and started.

const world = await openWorld()
afterAll(world.close)

const count = async (): Promise<number> =>
  (await world.sql<{ count: number }>(`select count(*)::int as count from ${DONE} as entry`))[0]?.count ?? 0

interface Sent {
  readonly verb: Verb
  readonly input: Input
  readonly subject: string
}

const subjectOf = (outcome: Outcome): string => {
  const subject =
    outcome['task'] ??
    outcome['comment'] ??
    outcome['member'] ??
    outcome['key'] ??
    outcome['proposal'] ??
    outcome['agreementVersion'] ??
    outcome['file'] ??
    outcome['link'] ??
    outcome['settings'] ??
    outcome['webhook']
  if (typeof subject !== 'object' || subject === null || !('id' in subject)) throw new Error(JSON.stringify(outcome))
  return uuidOf(String(subject.id))
}

/** Each verb with an input that changes something. */
const inputs = async (who: Actor): Promise<Readonly<Record<Verb, Input>>> => {
  const [draft, moved, shared, archived] = [await newTask(who), await newTask(who), await newTask(who), await newTask(who)]
  await does(who, 'archiveTask', { id: archived.id })
  const talk = (await jointTask(who)).id
  const said = async () =>
    (await does(who, 'writeComment', { id: mint(), task: talk, audience: 'AS_PARENT', text: 'Så här' })).subject.id
  const seat = (name: string) => ({
    id: mint(),
    name,
    email: `${name}@torsby.example`,
    title: 'Handläggare',
    roles: ['OBSERVER'],
  })
  const { id: member } = (await does(who, 'inviteMember', seat('mona'))).subject
  const { id: leaving } = (await does(who, 'inviteMember', seat('lars'))).subject
  const reworded = { kind: 'CHANGE', clause: await clauseOf(who, '2'), text: 'Omskrivet.' }
  const keys: string[] = []
  for (let index = 0; index < 3; index += 1) keys.push((await does(who, 'makeKey', { id: mint(), name: 'Diariet' })).subject.id)
  const [revoked, rotated, former] = keys
  await does(who, 'rotateKey', { id: former })
  const { id: held } = (await does(who, 'makeKey', { id: mint(), name: 'Diariets webhook' })).subject
  const start = await who.cursor()
  const hook = { name: 'Diariet', url: 'https://diariet.torsby.example/hook', document: EVERYTHING, key: held }
  const hooks: string[] = []
  for (let index = 0; index < 7; index += 1) hooks.push((await does(who, 'makeWebhook', { id: mint(), ...hook })).subject.id)
  const [paused, resumed, sealed, tested, replayed, dropped, edited] = hooks
  await does(who, 'pauseWebhook', { id: resumed })
  const { id: calendar } = (await does(who, 'makeCalendarLink', { id: mint(), name: 'Telefonen' })).subject
  const named = (name: string) => ({
    endpoint: `https://push.example/${name}`,
    publicKey: createECDH('prime256v1').generateKeys('base64url'),
    secret: randomBytes(16).toString('base64url'),
    label: 'Firefox, Windows',
  })
  const { subject: settings } = await does(who, 'addBrowser', named('old'))
  await does(who, 'addBrowser', named('moving'))
  const { label: _label, ...reached } = named('moved')
  const replaced = { former: 'https://push.example/moving', ...reached }
  const [browser] = settings['browsers'] as readonly { readonly id: string }[]
  return {
    createTask: { id: mint(), title: 'Ny belysning' },
    editTask: { id: draft.id, baseVersion: 1, title: 'Bättre belysning' },
    assignTask: { id: moved.id, baseVersion: 1, assignees: [who.memberId] },
    moveTask: { id: talk, state: 'ONGOING' },
    shareTask: { id: shared.id, audience: 'SHARED', with: [(await partiesOf(who))('Polisen')] },
    archiveTask: { id: (await newTask(who)).id },
    restoreTask: { id: archived.id },
    writeComment: { id: mint(), task: talk, audience: 'OWN', text: 'Bara vi' },
    editComment: { id: await said(), baseVersion: 1, text: 'Så här i stället' },
    withdrawComment: { id: await said() },
    inviteMember: seat('nils'),
    changeMember: { id: member, baseVersion: 1, title: 'Chef' },
    removeMember: { id: leaving },
    draftProposal: { id: mint(), title: 'Ny lydelse', reason: '', changes: [reworded] },
    editProposal: { id: (await draftProposal(who)).id, baseVersion: 1, changes: [reworded] },
    openProposal: { id: (await draftProposal(who, '3')).id },
    withdrawProposal: { id: await openProposal(who, '2') },
    answerProposal: { id: await openProposal(who, '2'), position: 'YES' },
    signVersion: await awaitingVersion(await signatoriesOf(world)),
    makeKey: { id: mint(), name: 'Statistiken', days: 30 },
    rotateKey: { id: rotated, days: 30 },
    endFormerKey: { id: former },
    revokeKey: { id: revoked },
    makeCalendarLink: { id: mint(), name: 'Datorn' },
    revokeCalendarLink: { id: calendar },
    addBrowser: named('new'),
    replaceBrowser: replaced,
    removeBrowser: { browser: browser?.id },
    makeWebhook: { id: mint(), ...hook },
    editWebhook: { id: edited, baseVersion: 1, name: 'Diariet i Torsby' },
    pauseWebhook: { id: paused },
    resumeWebhook: { id: resumed },
    changeWebhookSecret: { id: sealed },
    testWebhook: { id: tested },
    replayWebhook: { id: replayed, after: start },
    removeWebhook: { id: dropped },
    attachFile: { id: mint(), task: talk, upload: await upload(who, 'plan.pdf') },
    removeFile: { id: (await attach(who, { task: talk })).id },
  }
}

test('every verb, sent twice at once, to another server, and after a restart: one entry, one subject', async () => {
  const torsby = await world.as('Torsby')
  const other = await world.as('Torsby', 'COORDINATOR', await world.anotherServer())
  const given = await inputs(torsby)
  const sent: Sent[] = []
  let requests = 0
  for (const verb of verbs) {
    const input = { ...given[verb], idempotencyKey: mint() }
    const before = await count()
    const outcomes = await Promise.all([torsby, other, torsby, other].map((who) => act(who, verb, input)))
    requests += outcomes.length
    const [subject, ...others] = outcomes.map(subjectOf)
    expect(new Set(others), verb).toEqual(new Set([subject]))
    expect((await count()) - before, verb).toBe(1)
    sent.push({ verb, input, subject: String(subject) })
  }
  const before = await count()
  await world.server.kill()
  await world.server.start()
  for (const { verb, input, subject } of sent) {
    for (const who of [torsby, other]) expect(subjectOf(await act(who, verb, input)), verb).toBe(subject)
    requests += 2
  }
  expect(await count()).toBe(before)
  await expectChains(world)
  console.log(`${sent.length} verbs sent ${requests} times in all, each under one key: ${sent.length} entries`)
})

test('a key is its sender’s, and stands for what was asked the first time', async () => {
  const [torsby, sunne] = [await world.as('Torsby'), await world.as('Sunne')]
  const idempotencyKey = mint()
  const { id } = await newTask(torsby, { title: 'Första', idempotencyKey })
  expect(await act(torsby, 'createTask', { id: mint(), title: 'Andra', idempotencyKey })).toMatchObject({
    __typename: 'NotAllowed',
    code: 'KEY_REUSED',
  })
  expect(await act(torsby, 'archiveTask', { id, idempotencyKey })).toMatchObject({ code: 'KEY_REUSED' })
  const theirs = await newTask(sunne, { title: 'Första', idempotencyKey })
  expect(theirs.id).not.toBe(id)
})

test('killed between commit and answer: the same key gives the first answer, and one row', async () => {
  const police = await world.as('Polisen')
  const { id: talk } = await jointTask(police)
  const sent = Array.from({ length: 20 }, (_, index) => ({
    id: mint(),
    task: talk,
    audience: 'AS_PARENT',
    text: `Synpunkt ${index}`,
    idempotencyKey: mint(),
  }))
  const before = await count()
  const first = Promise.allSettled(sent.map((input) => act(police, 'writeComment', input)))
  await police
    .follow({ after: await police.cursor() })
    .until('comment.written')
    .catch(() => undefined)
  await world.server.kill()
  const answered = (await first).filter(({ status }) => status === 'fulfilled').length
  const committed = (await count()) - before
  await world.server.start()
  const again = await Promise.all(sent.map((input) => act(police, 'writeComment', input)))
  expect(new Set(again.map(subjectOf)).size).toBe(sent.length)
  expect(await count()).toBe(before + sent.length)
  console.log(
    `killed under ${sent.length} acts: ${committed} committed, ${answered} answered, ${sent.length} there after they were sent again`,
  )
})
