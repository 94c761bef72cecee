import { afterAll, expect, test } from 'vitest'
import { registry, type EventKind } from '../../server/src/journal/registry.ts'
import { mint, uuidOf, type Actor } from '../world/actor.ts'
import { awaitingVersion, clauseOf, signatoriesOf } from '../world/agreements.ts'
import { does, type Input, type Verb } from '../world/acts.ts'
import { png, upload } from '../world/files.ts'
import { accept, operator, partiesOf } from '../realtime/newcomers.ts'
import { eventually } from '../world/eventually.ts'
import { caughtUp } from '../notifications/expected.ts'
import { choose } from '../notifications/letters.ts'
import { EVERYTHING } from '../webhooks/hooks.ts'
import { openWorld } from '../world/world.ts'
import { Holder } from './holder.ts'

// Cached state + events = fresh query, for every event that there is. Each kind happens under the open pages of those who did it,
// those who may read it and those who may not; after each, what the client's cache holds is what a fresh load would show, without
// having asked. Others were away all the time, and take everything in at once.

const world = await openWorld()
afterAll(world.close)

const torsby = await world.as('Torsby')
const polisen = await world.as('Polisen')
const sunne = await world.as('Sunne')
const people = [torsby, await world.as('Torsby', 'CONTRIBUTOR'), polisen, sunne]
const present = people.map((actor) => new Holder(actor))
const away = people.map((actor) => new Holder(actor))

const told = new Set<EventKind>()
let compared = 0

let turn = 0

/** Of what an event can have to do with: the agreement is on no board but in the overview, and no task in the agreement but under a clause. */
const pagesFor =
  (after: string) =>
  (name: string): boolean =>
    !/proposal|version/.test(after) || /^(agreement|clause|references|overview)/.test(name)

/** Everybody takes it in; every other page of one of four is compared, in turn. `everyKind` compares more of them, in an order nobody chose. */
const expectTrue = async (holders: readonly Holder[], after: string) => {
  turn += 1
  // What a change gives rise to is there before anybody compares.
  await eventually('the inboxes are as far as the streams', () => caughtUp(world))
  for (const [index, holder] of holders.entries()) {
    await holder.catchUp()
    const all = after === 'everything'
    if (!all && index % 4 !== turn % 4) continue
    let page = Math.floor(turn / 4)
    const concerned = pagesFor(after)
    for (const { name, held, fresh } of await holder.pages((each) => concerned(each) && (all || page++ % 2 === 0))) {
      compared += 1
      expect(held, `${name} of ${holder.actor.seat.name}, after ${after}`).toEqual(fresh)
    }
    expect(holder.requests, `${holder.actor.seat.name} asked anew after ${after}`).toBe(0)
  }
}

/** These kinds happened, by acts of which one brought about several. */
const happened = async (...kinds: EventKind[]) => {
  for (const kind of kinds) told.add(kind)
  await expectTrue(present, kinds.join(', '))
}

/** A webhook's life, to where the hub stops it since its key is gone. */
const webhooksHappen = async () => {
  const { id: key } = (await does(torsby, 'makeKey', { id: mint(), name: 'Webhookens' })).subject
  const wanted = { id: mint(), name: 'Diariet', url: 'https://diariet.torsby.example/hook', document: EVERYTHING, key }
  const after = await torsby.cursor()
  const { id } = (await happens('webhook.made', torsby, 'makeWebhook', wanted)).subject
  await happens('webhook.tried', torsby, 'testWebhook', { id })
  await happens('webhook.secret_changed', torsby, 'changeWebhookSecret', { id })
  await happens('webhook.edited', torsby, 'editWebhook', { id, baseVersion: 1, name: 'Diariet i Torsby' })
  await happens('webhook.paused', torsby, 'pauseWebhook', { id })
  await happens('webhook.resumed', torsby, 'resumeWebhook', { id })
  await world.sql('update webhook set seq = (select seq from stream_head where stream_id = party_id) where id = $1', [uuidOf(id)])
  await happens('webhook.replayed', torsby, 'replayWebhook', { id, after })
  await does(torsby, 'revokeKey', { id: key })
  await world.sql('update webhook set next_attempt_at = null where id = $1', [uuidOf(id)])
  await eventually('the hub has stopped it', async () => {
    const rows = await world.sql(`select from webhook where id = $1 and state = 'STOPPED'`, [uuidOf(id)])
    return rows.length === 1
  })
  await happened('webhook.stopped')
  await happens('webhook.removed', torsby, 'removeWebhook', { id })
}

/** The agreement comes to say something else, under the open pages of those who see it happen. */
const agreementChanges = async () => {
  const signatories = await signatoriesOf(world)
  const clause = await clauseOf(torsby, '1')
  for (const holder of present) await holder.openClause(clause)
  const remark = { id: mint(), clause, audience: 'AS_PARENT', text: 'Vad menas?' }
  await happens('comment.written', polisen, 'writeComment', remark)
  const { id: task, version } = (await happens('task.created', torsby, 'createTask', { id: mint(), title: 'Ur avtalet', clause }))
    .subject
  await happens('task.shared', torsby, 'shareTask', { id: task, audience: 'JOINT' })
  await happens('task.edited', torsby, 'editTask', { id: task, baseVersion: version, clause: await clauseOf(torsby, '2') })
  await happens('task.edited', torsby, 'editTask', { id: task, baseVersion: version + 2, clause })

  const steps = (text: string) => [
    { kind: 'CHANGE', clause, text },
    { kind: 'ADD', clause: mint(), parent: clause, heading: 'Nytt' },
  ]
  const draft = async (actor: Actor, text: string) => {
    const changes = steps(text)
    return (await does(actor, 'draftProposal', { id: mint(), title: text, reason: 'Tydligare.', changes })).subject.id
  }
  const open = async (actor: Actor, text: string) => {
    const id = await draft(actor, text)
    await does(actor, 'openProposal', { id })
    return id
  }
  const answers = async (id: string, position = 'YES') => {
    for (const actor of signatories) await does(actor, 'answerProposal', { id, position })
  }

  const own = await draft(torsby, 'Ett utkast')
  await happened('proposal.drafted')
  await happens('proposal.edited', torsby, 'editProposal', { id: own, baseVersion: 1, changes: steps('Ett annat') })
  await happens('proposal.withdrawn', torsby, 'withdrawProposal', { id: own })
  const [ours, theirs] = [await open(torsby, 'Vårt'), await open(sunne, 'Deras')]
  await happened('proposal.opened')
  await happens('proposal.answered', sunne, 'answerProposal', { id: ours, position: 'NO', reason: 'Vänta.' })
  await answers(ours)
  await happened('proposal.incorporated', 'version.made')
  await answers(theirs)
  await happened('proposal.overtaken')
  await answers(await open(sunne, 'Ingen vet'), 'ABSTAIN')
  await happened('proposal.rejected')
  const { id, hash } = await awaitingVersion(signatories)
  await happened('version.lapsed')
  await happens('version.signed', polisen, 'signVersion', { id, hash })
  for (const actor of signatories) if (actor.seat.party !== 'Polisen') await does(actor, 'signVersion', { id, hash })
  await happened('version.entered', 'version.superseded')
}

const remark = (task: string, text: string): Input => ({ id: mint(), task, text, audience: 'AS_PARENT' })

/** It happens under the open pages. */
const happens = async (kind: EventKind, actor: Actor, verb: Verb, input: Input) => {
  const done = await does(actor, verb, input)
  told.add(kind)
  await expectTrue(present, kind)
  return done
}

/** Torsby does something with what is in the inbox. */
const handles = async (verb: string, ids: readonly string[], kind: EventKind = 'notification.handled', more: object = {}) => {
  const name = verb.charAt(0).toUpperCase() + verb.slice(1)
  const outcome = await torsby.mutate(
    `mutation ($input: ${name}NotificationsInput!) { ${verb}Notifications(input: $input) { __typename } }`,
    { input: { ids, ...more } },
  )
  expect(outcome.__typename).toBe('InboxChanged')
  told.add(kind)
  await expectTrue(present, `${kind}: ${verb}`)
}

test('every kind of event leaves each open page as a fresh load has it', async () => {
  for (const holder of [...present, ...away]) await holder.open()
  const party = await partiesOf(torsby)
  const title = 'Trygg skolväg'

  const { id } = (await happens('task.created', torsby, 'createTask', { id: mint(), title, responsible: [party('Torsby')] }))
    .subject
  for (const holder of [...present, ...away].slice(0, 2)) await holder.openTask(id)
  // Somewhere it is referred to, also before those who read that may know of it.
  const clause = await clauseOf(torsby, '1')
  for (const holder of [...present, ...away]) await holder.openReferences([id, clause])
  const said = (await happens('comment.written', torsby, 'writeComment', remark(id, 'Först'))).subject
  await happens('comment.edited', torsby, 'editComment', { id: said.id, baseVersion: 1, text: 'Först, ändrat' })
  await happens('comment.written', torsby, 'writeComment', { ...remark(id, 'Svar'), answers: said.id })
  await happens('task.edited', torsby, 'editTask', { id, baseVersion: 1, title: 'Tryggare väg', dueOn: '2027-03-01' })
  await happens('task.edited', torsby, 'editTask', { id, baseVersion: 2, title, dueOn: null })
  await happens('task.shared', torsby, 'shareTask', { id, audience: 'SHARED', with: [party('Polisen')] })
  await present[2]?.openTask(id)
  const { memberId } = polisen
  await happens('task.assigned', polisen, 'assignTask', {
    id,
    baseVersion: 4,
    responsible: [party('Polisen')],
    assignees: [memberId],
  })
  await happens('task.moved', polisen, 'moveTask', { id, state: 'ONGOING' })
  await happens('comment.written', polisen, 'writeComment', { id: mint(), task: id, text: 'Bara för oss', audience: 'OWN' })
  const attach = async (actor: Actor, name: string, place: Input) =>
    (await happens('file.attached', actor, 'attachFile', { id: mint(), upload: await upload(actor, name), ...place })).subject.id
  const file = await attach(torsby, 'plan.pdf', { task: id })
  await attach(polisen, 'karta.pdf', { task: id })
  await happens('file.removed', torsby, 'removeFile', { id: file })
  const beside = { id: mint(), task: id, text: 'Med bilagor', audience: 'AS_PARENT' }
  const uploads = [await upload(polisen, 'a.png', png()), await upload(polisen, 'b.pdf')]
  const { id: carrier } = (await happens('comment.written', polisen, 'writeComment', { ...beside, uploads })).subject
  await happens('task.shared', torsby, 'shareTask', { id, audience: 'JOINT' })
  await present[3]?.openTask(id)
  const asked = (await happens('comment.written', sunne, 'writeComment', remark(id, 'Till alla'))).subject
  await happens('comment.written', polisen, 'writeComment', { ...remark(id, 'Svar till alla'), answers: asked.id })
  await happens('comment.written', torsby, 'writeComment', { ...remark(id, 'Bara vi'), audience: 'OWN', answers: asked.id })
  await happens('comment.withdrawn', torsby, 'withdrawComment', { id: said.id })
  await happens('comment.withdrawn', polisen, 'withdrawComment', { id: carrier })
  const { collaboration } = await torsby.query<{ collaboration: { agreement: { latest: { id: string } } } }>(
    '{ collaboration { agreement { latest { id } } } }',
  )
  await happens('file.removed', sunne, 'removeFile', {
    id: await attach(sunne, 'bilaga.pdf', { version: collaboration.agreement.latest.id }),
  })
  await happens('task.archived', torsby, 'archiveTask', { id })
  await happens('task.restored', torsby, 'restoreTask', { id })

  const invited = await does(torsby, 'inviteMember', {
    id: mint(),
    name: 'Åsa Ny',
    title: 'Fältare',
    email: 'asa@torsby.example',
    roles: ['OBSERVER'],
  })
  told.add('member.invited')
  await expectTrue(present, 'member.invited')
  const asa = await accept(world.server, invited.invitationUrl ?? '', torsby.slug ?? '')
  told.add('member.joined')
  await expectTrue(present, 'member.joined')
  await happens('member.changed', torsby, 'changeMember', { id: asa.memberId, baseVersion: 2, name: 'Agnes Ny' })
  await happens('member.removed', torsby, 'removeMember', { id: asa.memberId })

  const key = await happens('key.made', torsby, 'makeKey', { id: mint(), name: 'Diariet' })
  await happens('key.rotated', torsby, 'rotateKey', { id: key.subject.id, days: 30 })
  await happens('key.former_ended', torsby, 'endFormerKey', { id: key.subject.id })
  await happens('key.revoked', torsby, 'revokeKey', { id: key.subject.id })

  await webhooksHappen()

  const link = await happens('calendar.made', torsby, 'makeCalendarLink', { id: mint(), name: 'Telefonen' })
  await happens('calendar.revoked', torsby, 'revokeCalendarLink', { id: link.subject.id })

  const place = ['--collaboration', torsby.slug ?? '']
  await operator(world, 'party', 'admit', ...place, '--name', 'Firman', '--mark', 'F', '--role', 'guest', '--kind', 'business')
  told.add('party.admitted')
  await expectTrue(present, 'party.admitted')
  await agreementChanges()

  // Sunne commented on what Torsby wrote; now Torsby has read it, put it away, and taken it back.
  const { viewer } = await torsby.query<{ viewer: { inbox: { nodes: { id: string }[] } } }>(
    '{ viewer { inbox(first: 3) { nodes { id } } } }',
  )
  told.add('notification.made')
  const ids = viewer.inbox.nodes.map((one) => one.id)
  expect(ids.length).toBeGreaterThan(0)
  for (const verb of ['read', 'unread', 'finish', 'reopen']) await handles(verb, ids)
  const snoozes = () => handles('snooze', ids, 'notification.snoozed', { until: new Date(Date.now() + 86_400_000).toISOString() })
  await snoozes()
  await handles('wake', ids, 'notification.woken')
  await snoozes()
  await handles('read', ids)
  // And when their time comes: whoever starts looks at once.
  await snoozes()
  await world.sql(`update notification set snoozed_until = now() - interval '1 second' where snoozed_until is not null`)
  await world.anotherServer()
  await eventually(
    'they are back',
    async () => (await world.sql('select from notification where snoozed_until is not null')).length === 0,
  )
  await expectTrue(present, 'notification.woken: by the clock')
  // What is muted is named as the thing is called by then.
  await torsby.mutate(`mutation ($input: MuteThreadInput!) { muteThread(input: $input) { __typename } }`, { input: { task: id } })
  await happened('settings.changed')
  await choose(torsby, 'MAIL', 'COMMENT', true)
  await happened('settings.changed')
  expect([...told].toSorted()).toEqual(Object.keys(registry).toSorted())

  await expectTrue(away, 'everything')
  console.log(
    `${told.size} kinds under the pages of ${people.length}, at once and after having been away: ${compared} pages held as a fresh load has them`,
  )
}, 900_000)
