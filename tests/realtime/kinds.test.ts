import { afterAll, expect, test } from 'vitest'
import { registry, type EventKind } from '../../server/src/journal/registry.ts'
import { mint, uuidOf, type Actor } from '../world/actor.ts'
import { clauseOf } from '../world/agreements.ts'
import { does, type Done, type Input, type Verb } from '../world/acts.ts'
import { hashOf, pdf, upload } from '../world/files.ts'
import type { Following } from '../world/following.ts'
import { openWorld } from '../world/world.ts'
import { choose } from '../notifications/letters.ts'
import { EVERYTHING } from '../webhooks/hooks.ts'
import { eventually } from '../world/eventually.ts'
import { expectChains } from './chain.ts'
import { accept, linkIn, operator, partiesOf } from './newcomers.ts'
import { type Envelope, expectTold, field } from './telling.ts'

// Every kind of event that is declared happens once here, at least, and all who sit at any table listen. Each is told exactly what
// its party may read: an envelope that is compared whole, once, in order.

const world = await openWorld()
afterAll(world.close)

const PEERS = ['Sunne', 'Torsby', 'Hagfors', 'Munkfors', 'Polisen', 'Region Värmland'] as const
const torsby = await world.as('Torsby')
let party = await partiesOf(torsby)

const feeds = new Map<string, Following[]>()
const expected = new Map<string, Envelope[]>()
const seen = new Set<EventKind>()

const listen = async (...people: Actor[]) => {
  for (const who of people) feeds.set(who.seat.party, [...(feeds.get(who.seat.party) ?? []), await who.followFromNow()])
}

/** It happened: those who may read it, of all who listen, are to be told. */
const told = (envelope: Envelope, readers: readonly string[]) => {
  seen.add(envelope.kind)
  for (const reader of readers) if (feeds.has(reader)) expected.set(reader, [...(expected.get(reader) ?? []), envelope])
}

interface Happening {
  readonly kind: EventKind
  readonly readers: readonly string[]
  readonly changes?: Envelope['changes'] | ((subject: Done['subject']) => Envelope['changes'])
}

/** Does it, and notes who is to be told of it. */
const happens = async (actor: Actor, verb: Verb, input: Input, { kind, readers, changes = [] }: Happening) => {
  const done = await does(actor, verb, input)
  const { id, version } = done.subject
  const envelope: Envelope = {
    kind,
    actor: actor.memberId,
    party: party(actor.seat.party),
    subjectId: id,
    subjectVersion: version,
    changes: typeof changes === 'function' ? changes(done.subject) : changes,
  }
  told(envelope, readers)
  return done
}

/** A key that is for all. */
const everySlice = field('slices', null, ['TASKS', 'COMMENTS', 'AGREEMENT', 'FILES'])

const writes = (actor: Actor, task: string, text: string, audience: 'OWN' | 'AS_PARENT', readers: readonly string[]) =>
  happens(
    actor,
    'writeComment',
    { id: mint(), task, text, audience },
    { kind: 'comment.written', readers, changes: [field('text', null, [text])] },
  )

/** All parties of another agreement, at which Torsby kommun sits too. */
const neighbours = async (): Promise<Actor> => {
  const place = ['--collaboration', 'gransen']
  await operator(world, 'collaboration', 'open', '--slug', 'gransen', '--name', 'Gränsen', '--purpose', 'Att hålla isär.')
  const seat = ['--name', 'Torsby vid gränsen', '--mark', 'T', '--municipality-code', '1737', '--organisation', 'Torsby kommun']
  await operator(world, 'party', 'admit', ...place, ...seat)
  const who = ['--party', 'T', '--name', 'Greta Gräns', '--email', 'greta@torsby.example', '--title', 'Samordnare']
  return accept(
    world.server,
    linkIn(await operator(world, 'member', 'invite', ...place, ...who, '--role', 'coordinator')),
    'gransen',
  )
}

/** A party's webhooks are its own affair too, and so is that the hub has stopped one. */
const webhookChanges = async (hagfors: Actor) => {
  const only = ['Hagfors']
  const name = 'Diariets webhook'
  const key = await happens(
    hagfors,
    'makeKey',
    { id: mint(), name },
    {
      kind: 'key.made',
      readers: only,
      changes: ({ expiresAt }) => [field('expiresAt', null, [String(expiresAt)]), field('name', null, [name]), everySlice],
    },
  )
  const url = 'https://diariet.hagfors.example/hook'
  const { subject } = await happens(
    hagfors,
    'makeWebhook',
    { id: mint(), name, url, document: EVERYTHING, key: key.subject.id },
    { kind: 'webhook.made', readers: only, changes: [field('name', null, [name]), field('url', null, [url])] },
  )
  const { id } = subject
  const after = await hagfors.cursor()
  await happens(hagfors, 'testWebhook', { id }, { kind: 'webhook.tried', readers: only })
  await happens(hagfors, 'changeWebhookSecret', { id }, { kind: 'webhook.secret_changed', readers: only })
  const document = `${EVERYTHING} # mer`
  await happens(
    hagfors,
    'editWebhook',
    { id, baseVersion: 1, name: 'Diariets nya', document },
    {
      kind: 'webhook.edited',
      readers: only,
      changes: [field('document', [EVERYTHING], [document]), field('name', [name], ['Diariets nya'])],
    },
  )
  await happens(hagfors, 'pauseWebhook', { id }, { kind: 'webhook.paused', readers: only })
  await happens(hagfors, 'resumeWebhook', { id }, { kind: 'webhook.resumed', readers: only })
  await world.sql(`update webhook set seq = (select seq from stream_head where stream_id = party_id) where id = $1`, [uuidOf(id)])
  await happens(hagfors, 'replayWebhook', { id, after }, { kind: 'webhook.replayed', readers: only })
  await happens(hagfors, 'revokeKey', { id: key.subject.id }, { kind: 'key.revoked', readers: only })
  await world.sql('update webhook set next_attempt_at = null where id = $1', [uuidOf(id)])
  await eventually('the hub has stopped it', async () => {
    const rows = await world.sql(`select from webhook where id = $1 and state = 'STOPPED'`, [uuidOf(id)])
    return rows.length === 1
  })
  told(
    {
      kind: 'webhook.stopped',
      actor: null,
      party: party('Hagfors'),
      subjectId: id,
      subjectVersion: 8,
      changes: [field('stop', null, ['KEY_ENDED'])],
    },
    only,
  )
  await happens(hagfors, 'removeWebhook', { id }, { kind: 'webhook.removed', readers: only })
}

test('each kind reaches exactly those who may read it, once, in order, with all that belongs to it', async () => {
  const sunne = await world.as('Sunne')
  const pia = await world.as('Polisen')
  const pontus = await world.as('Polisen', 'CONTRIBUTOR')
  const [hagfors, munkfors, region] = [await world.as('Hagfors'), await world.as('Munkfors'), await world.as('Region Värmland')]
  const greta = await neighbours()
  const personal = await pontus.personalCursor()
  await listen(sunne, torsby, hagfors, munkfors, pia, pontus, region, greta)

  // A firm is admitted as a guest, by the operator, who is nobody's member.
  const place = ['--collaboration', torsby.slug ?? '']
  await operator(world, 'party', 'admit', ...place, '--name', 'Firman', '--mark', 'F', '--role', 'guest', '--kind', 'business')
  party = await partiesOf(torsby)
  const firm = party('Firman')
  told(
    {
      kind: 'party.admitted',
      actor: null,
      party: firm,
      subjectId: firm,
      subjectVersion: 1,
      changes: [field('name', null, ['Firman']), field('role', null, ['GUEST'])],
    },
    PEERS,
  )
  const who = ['--party', 'Firman', '--name', 'Frank Firma', '--email', 'frank@firman.example', '--title', 'Ägare']
  const link = linkIn(await operator(world, 'member', 'invite', ...place, ...who, '--role', 'coordinator'))
  const frank = await accept(world.server, link, torsby.slug ?? '')
  told(
    {
      kind: 'member.invited',
      actor: null,
      party: firm,
      subjectId: frank.memberId,
      subjectVersion: 1,
      changes: [field('name', null, ['Frank Firma']), field('roles', [], ['COORDINATOR']), field('title', null, ['Ägare'])],
    },
    PEERS,
  )
  const joined = { kind: 'member.joined', subjectVersion: 2, changes: [] } as const
  told({ ...joined, actor: frank.memberId, party: firm, subjectId: frank.memberId }, PEERS)
  await listen(frank)
  const all = [...PEERS, 'Firman']

  // A draft is Torsby's own, and what is said of it.
  const title = 'Trygg gångväg'
  const draft = await happens(
    torsby,
    'createTask',
    { id: mint(), title, dueOn: '2027-03-01', responsible: [party('Torsby')] },
    {
      kind: 'task.created',
      readers: ['Torsby'],
      changes: [
        field('dueOn', null, ['2027-03-01']),
        field('responsible', [], [party('Torsby')]),
        field('state', null, ['GIVEN']),
        field('title', null, [title]),
      ],
    },
  )
  const { id } = draft.subject
  const inside = (await writes(torsby, id, 'Sagt före delningen', 'AS_PARENT', ['Torsby'])).subject
  await happens(
    torsby,
    'editTask',
    { id, baseVersion: 1, title: 'Trygg skolväg', dueOn: null },
    {
      kind: 'task.edited',
      readers: ['Torsby'],
      changes: [field('dueOn', ['2027-03-01'], null), field('title', [title], ['Trygg skolväg'])],
    },
  )

  // Shared with two by name: they are told of it from now on, and not what it was before.
  const three = ['Torsby', 'Polisen', 'Firman']
  const named = [party('Polisen'), firm]
  await happens(
    torsby,
    'shareTask',
    { id, audience: 'SHARED', with: named },
    {
      kind: 'task.shared',
      readers: three,
      changes: [field('audience', null, ['SHARED']), field('sharedWith', null, named.toSorted(byUuid))],
    },
  )
  await happens(
    pia,
    'assignTask',
    { id, baseVersion: 3, responsible: [party('Torsby'), party('Polisen')], assignees: [pontus.memberId] },
    {
      kind: 'task.assigned',
      readers: three,
      changes: [
        field('assignees', [], [pontus.memberId]),
        field('responsible', [party('Torsby')], [party('Torsby'), party('Polisen')]),
      ],
    },
  )
  await happens(
    pontus,
    'moveTask',
    { id, state: 'ONGOING' },
    {
      kind: 'task.moved',
      readers: three,
      changes: ({ position }) => [
        field('position', [String(draft.subject['position'])], [String(position)]),
        field('state', ['GIVEN'], ['ONGOING']),
      ],
    },
  )
  const amongThree = (await writes(frank, id, 'Till dem som läser', 'AS_PARENT', three)).subject
  await writes(pontus, id, 'Bara för oss', 'OWN', ['Polisen'])

  // A file is told to those who read the task, as long as it is there.
  const described = [
    field('hash', null, [hashOf(pdf())]),
    field('mediaType', null, ['application/pdf']),
    field('name', null, ['karta.pdf']),
    field('size', null, [String(pdf().length)]),
  ]
  const attach = async (actor: Actor, place: Input, readers: readonly string[]) => {
    const input = { id: mint(), upload: await upload(actor, 'karta.pdf'), ...place }
    return (await happens(actor, 'attachFile', input, { kind: 'file.attached', readers, changes: described })).subject.id
  }
  const gone = { kind: 'file.removed', changes: [field('name', ['karta.pdf'], null)] } as const
  const staying = await attach(pia, { task: id }, three)
  const leaving = await attach(frank, { task: id }, three)
  await happens(frank, 'removeFile', { id: leaving }, { ...gone, readers: three })

  // Widened to all signatories and associates; the guest stays because it is named.
  await happens(
    torsby,
    'shareTask',
    { id, audience: 'JOINT' },
    { kind: 'task.shared', readers: all, changes: [field('audience', null, ['JOINT'])] },
  )
  await happens(pia, 'removeFile', { id: staying }, { ...gone, readers: all })
  const outside = (await writes(region, id, 'Till alla', 'AS_PARENT', all)).subject
  await happens(
    region,
    'editComment',
    { id: outside.id, baseVersion: 1, text: 'Till er alla' },
    { kind: 'comment.edited', readers: all, changes: [field('text', ['Till alla'], ['Till er alla'])] },
  )
  // What was said before stays with those who were told then.
  await happens(
    frank,
    'editComment',
    { id: amongThree.id, baseVersion: 1, text: 'Till oss tre' },
    { kind: 'comment.edited', readers: three, changes: [field('text', ['Till dem som läser'], ['Till oss tre'])] },
  )
  await happens(torsby, 'withdrawComment', { id: inside.id }, { kind: 'comment.withdrawn', readers: ['Torsby'] })
  await happens(region, 'withdrawComment', { id: outside.id }, { kind: 'comment.withdrawn', readers: all })

  // What is joint does not reach a guest who is not named.
  const joint = await happens(
    sunne,
    'createTask',
    { id: mint(), title: 'Skolpolicy' },
    {
      kind: 'task.created',
      readers: ['Sunne'],
      changes: [field('state', null, ['GIVEN']), field('title', null, ['Skolpolicy'])],
    },
  )
  const { id: policy } = joint.subject
  const audience = [field('audience', null, ['JOINT'])]
  await happens(sunne, 'shareTask', { id: policy, audience: 'JOINT' }, { kind: 'task.shared', readers: PEERS, changes: audience })
  await writes(sunne, policy, 'Hur gör ni?', 'AS_PARENT', PEERS)
  await happens(sunne, 'archiveTask', { id: policy }, { kind: 'task.archived', readers: PEERS })
  await happens(sunne, 'restoreTask', { id: policy }, { kind: 'task.restored', readers: PEERS })

  // Who sits at the table is known to all who do.
  const moa = await happens(
    munkfors,
    'inviteMember',
    { id: mint(), name: 'Mats Munk', title: 'Fältare', email: 'mats@munkfors.example', roles: ['OBSERVER'] },
    {
      kind: 'member.invited',
      readers: all,
      changes: [field('name', null, ['Mats Munk']), field('roles', [], ['OBSERVER']), field('title', null, ['Fältare'])],
    },
  )
  const mats = await accept(world.server, moa.invitationUrl ?? '', torsby.slug ?? '')
  told({ ...joined, actor: mats.memberId, party: party('Munkfors'), subjectId: mats.memberId }, all)
  await happens(
    munkfors,
    'changeMember',
    { id: mats.memberId, baseVersion: 2, roles: ['OBSERVER', 'CONTRIBUTOR'] },
    { kind: 'member.changed', readers: all, changes: [field('roles', ['OBSERVER'], ['CONTRIBUTOR', 'OBSERVER'])] },
  )
  await happens(munkfors, 'removeMember', { id: mats.memberId }, { kind: 'member.removed', readers: all })

  await agreementChanges([sunne, torsby, hagfors, munkfors, pia])
  // A party's programs are its own affair.
  const made = await happens(
    hagfors,
    'makeKey',
    { id: mint(), name: 'Verksamhetsstödet', days: 30 },
    {
      kind: 'key.made',
      readers: ['Hagfors'],
      changes: ({ expiresAt }) => [
        field('expiresAt', null, [String(expiresAt)]),
        field('name', null, ['Verksamhetsstödet']),
        everySlice,
      ],
    },
  )
  const moved = (name: string, from: unknown, to: unknown) => field(name, from === null ? null : [String(from)], [String(to)])
  const rotated = await happens(
    hagfors,
    'rotateKey',
    { id: made.subject.id, overlapHours: 168, days: 60 },
    {
      kind: 'key.rotated',
      readers: ['Hagfors'],
      changes: ({ expiresAt, formerUntil }) => [
        moved('expiresAt', made.subject['expiresAt'], expiresAt),
        moved('formerUntil', null, formerUntil),
      ],
    },
  )
  await happens(
    hagfors,
    'endFormerKey',
    { id: made.subject.id },
    {
      kind: 'key.former_ended',
      readers: ['Hagfors'],
      changes: ({ formerUntil }) => [moved('formerUntil', rotated.subject['formerUntil'], formerUntil)],
    },
  )
  await happens(hagfors, 'revokeKey', { id: made.subject.id }, { kind: 'key.revoked', readers: ['Hagfors'] })

  const linked = await happens(
    hagfors,
    'makeCalendarLink',
    { id: mint(), name: 'Telefonen' },
    {
      kind: 'calendar.made',
      readers: ['Hagfors'],
      changes: [field('member', null, [hagfors.memberId]), field('name', null, ['Telefonen'])],
    },
  )
  await happens(hagfors, 'revokeCalendarLink', { id: linked.subject.id }, { kind: 'calendar.revoked', readers: ['Hagfors'] })

  await webhookChanges(hagfors)

  // The last thing is told to everybody, so that anything too much before it would show.
  await happens(torsby, 'archiveTask', { id }, { kind: 'task.archived', readers: all })
  const own = { id: mint(), title: 'Bara vårt' }
  const { subject } = await does(greta, 'createTask', own)
  const entries = new Map<Envelope, string>()
  for (const name of all) for (const feed of feeds.get(name) ?? []) await expectTold(feed, expected.get(name) ?? [], entries)

  // The neighbours were told of nothing but their own.
  const [apart] = feeds.get('Torsby vid gränsen') ?? []
  await apart?.until('task.created')
  expect(apart?.changes.map(({ kind, subjectId }) => [kind, subjectId])).toEqual([['task.created', subject.id]])

  // What is personal is told in the member's own stream: to Pontus that he was given the task, and of nothing to Pia, who gave it.
  const inbox = pontus.follow({ after: personal })
  const given = await inbox.until((change) => change.subject?.['reason'] === 'ASSIGNED')
  expect([given.kind, given.actor, given.subject?.['readAt']]).toEqual(['notification.made', null, null])
  seen.add('notification.made')
  const read = { input: { ids: [given.subjectId] } }
  await pontus.mutate('mutation ($input: ReadNotificationsInput!) { readNotifications(input: $input) { __typename } }', read)
  const handled = await inbox.until('notification.handled')
  expect([handled.subjectId, handled.actor?.id, handled.fields]).toEqual([given.subjectId, pontus.memberId, ['readAt']])
  seen.add('notification.handled')
  const until = new Date(Date.now() + 86_400_000).toISOString()
  for (const [verb, input] of [
    ['snooze', { ...read.input, until }],
    ['wake', read.input],
  ] as const) {
    const name = verb === 'snooze' ? 'Snooze' : 'Wake'
    const kind = verb === 'snooze' ? 'notification.snoozed' : 'notification.woken'
    await pontus.mutate(`mutation ($input: ${name}NotificationsInput!) { ${verb}Notifications(input: $input) { __typename } }`, {
      input,
    })
    const put = await inbox.until(kind)
    expect([put.subjectId, put.actor?.id, put.fields]).toEqual([given.subjectId, pontus.memberId, ['snoozedUntil']])
    seen.add(kind)
  }
  await choose(pontus, 'MAIL', 'ASSIGNED', false)
  const chosen = await inbox.until('settings.changed')
  expect([chosen.actor?.id, chosen.fields]).toEqual([pontus.memberId, ['mailed']])
  seen.add('settings.changed')
  await inbox.stop()
  for (const [, those] of feeds)
    for (const feed of those) expect(feed.kinds.filter((kind) => /^(notification|settings)/.test(kind))).toEqual([])
  const foreign = pia.follow({ after: personal })
  expect(await foreign.untilResync()).toMatchObject({ reason: 'UNKNOWN' })
  await foreign.stop()

  // A kind that is declared and did not happen here fails.
  expect([...seen].toSorted()).toEqual(Object.keys(registry).toSorted())
  await expectChains(world)
}, 180_000)

/** How the agreement comes to say something else: told to signatories and associates, and a draft to its own party alone. */
const agreementChanges = async (signatories: readonly Actor[]) => {
  const [sunne, torsby] = signatories
  if (!sunne || !torsby) throw new Error('the signatories are seated')
  const clause = await clauseOf(sunne, '1')
  const steps = (text: string) => [{ kind: 'CHANGE', clause, text }]
  const stored = (text: string) =>
    JSON.stringify([{ kind: 'CHANGE', clause: uuidOf(clause), parent: null, after: null, heading: null, text }])
  const draft = async (actor: Actor, text: string) => {
    const readers = [actor.seat.party]
    const input = { id: mint(), title: 'Ny lydelse', reason: 'Tydligare.', changes: steps(text) }
    const changes = [
      field('changes', ['[]'], [stored(text)]),
      field('reason', [''], ['Tydligare.']),
      field('title', null, ['Ny lydelse']),
    ]
    return (await happens(actor, 'draftProposal', input, { kind: 'proposal.drafted', readers, changes })).subject.id
  }
  const open = async (actor: Actor, text: string) => {
    const id = await draft(actor, text)
    const changes = [
      field('changes', null, [stored(text)]),
      field('reason', null, ['Tydligare.']),
      field('title', null, ['Ny lydelse']),
    ]
    await happens(actor, 'openProposal', { id }, { kind: 'proposal.opened', readers: PEERS, changes })
    return id
  }
  /** What comes of the last answer, or the last signature, in the same breath. */
  const follows = (actor: Actor, kind: EventKind, subjectId: string, subjectVersion: number, changes: Envelope['changes'] = []) =>
    told({ kind, actor: actor.memberId, party: party(actor.seat.party), subjectId, subjectVersion, changes }, PEERS)
  const answers = async (id: string, position = 'YES') => {
    let last: Done['subject'] | undefined
    for (const actor of signatories) {
      const before = last ? last.version : 2
      last = (await does(actor, 'answerProposal', { id, position })).subject
      follows(actor, 'proposal.answered', id, before + 1, [field('position', null, [position])])
    }
    return last ?? expect.fail('nobody answered')
  }
  const [last] = signatories.slice(-1)
  if (!last) throw new Error('the signatories are seated')
  const made = (proposal: Done['subject']) => {
    const { id, hash, number } = proposal['result'] as { id: string; hash: string; number: number }
    follows(last, 'proposal.incorporated', proposal.id, proposal.version)
    return {
      id,
      hash,
      tell: () => follows(last, 'version.made', id, 1, [field('hash', null, [hash]), field('number', null, [String(number)])]),
    }
  }

  const own = await draft(sunne, 'Ett utkast')
  const edited = [field('title', ['Ny lydelse'], ['Nyare lydelse'])]
  await happens(
    sunne,
    'editProposal',
    { id: own, baseVersion: 1, title: 'Nyare lydelse' },
    { kind: 'proposal.edited', readers: ['Sunne'], changes: edited },
  )
  await happens(sunne, 'withdrawProposal', { id: own }, { kind: 'proposal.withdrawn', readers: ['Sunne'] })

  const rejected = await answers(await open(sunne, 'Ingen vet'), 'ABSTAIN')
  follows(last, 'proposal.rejected', rejected.id, rejected.version)

  const [one, other] = [await open(sunne, 'Vårt'), await open(torsby, 'Deras')]
  const first = made(await answers(one))
  first.tell()
  const late = await answers(other)
  follows(last, 'proposal.overtaken', late.id, late.version)

  const second = made(await answers(await open(torsby, 'Allas')))
  follows(last, 'version.lapsed', first.id, 2)
  second.tell()
  const { collaboration } = await sunne.query<{ collaboration: { agreement: { inForce: { id: string; version: number } } } }>(
    '{ collaboration { agreement { inForce { id version } } } }',
  )
  const former = collaboration.agreement.inForce
  for (const [index, actor] of signatories.entries()) {
    await does(actor, 'signVersion', { id: second.id, hash: second.hash })
    follows(actor, 'version.signed', second.id, 2 + index, [field('hash', null, [second.hash])])
  }
  follows(last, 'version.superseded', former.id, former.version + 1)
  follows(last, 'version.entered', second.id, 2 + signatories.length)
}

const byUuid = (one: string, other: string) => (atob(one) < atob(other) ? -1 : 1)
