import { randomUUID } from 'node:crypto'
import type { ServerProcess } from '../world/serverProcess.ts'
import { nameBrowser, type Reached } from './browsers.ts'
import type { Cast, Player, Role } from './cast.ts'
import { ask, sendIn } from './doors.ts'
import { at, list, text } from './json.ts'
import { type Ledger, letters, type PartyKey } from './ledger.ts'
import { PARTS } from './slices.ts'

// Fills everything that a party may keep to itself, through the API, and notes for each text who may see it. Each task goes
// through what tasks go through: written, changed, commented on, shared, commented on again, widened, put away.

const SUBJECT =
  '__typename ... on TaskChanged { task { id version } } ... on CommentChanged { comment { id version } } ... on MemberChanged { member { id version } } ... on MemberInvited { invitationUrl member { id version } } ... on ProposalChanged { proposal { id version } } ... on VersionChanged { agreementVersion { id version } } ... on KeyMade { secret key { id version } } ... on KeyRotated { secret key { id version } } ... on KeyChanged { key { id version } } ... on CalendarLinkMade { url link { id version } } ... on CalendarLinkChanged { link { id version } } ... on WebhookSealed { secret webhook { id version } } ... on WebhookChanged { webhook { id version } } ... on FileChanged { file { id version } }'
const MEMBERS = [
  'TaskChanged',
  'CommentChanged',
  'MemberChanged',
  'MemberInvited',
  'ProposalChanged',
  'VersionChanged',
  'KeyMade',
  'KeyRotated',
  'KeyChanged',
  'CalendarLinkMade',
  'CalendarLinkChanged',
  'WebhookSealed',
  'WebhookChanged',
  'FileChanged',
]

export interface Subject {
  readonly id: string
  readonly version: number
  readonly invitationUrl: string | undefined
  readonly secret: string | undefined
  readonly url: string | undefined
}

/** Does one act that is expected to succeed. */
export const act = async (
  server: ServerProcess,
  player: Player,
  field: string,
  input: Readonly<Record<string, unknown>>,
): Promise<Subject> => {
  const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}`
  const members = SUBJECT.split(' ... ').filter((part) =>
    MEMBERS.some((name) => part.startsWith(`on ${name} `) && fits(name, field)),
  )
  const { body } = await ask(
    server,
    player,
    `mutation($input: ${type}Input!) { done: ${field}(input: $input) { __typename ... ${members.join(' ... ')} } }`,
    { input },
  )
  const done = at(JSON.parse(body), 'data', 'done')
  const names = ['task', 'comment', 'member', 'proposal', 'agreementVersion', 'key', 'link', 'webhook', 'file']
  const subject = names.map((name) => at(done, name)).find((found) => found !== undefined)
  if (subject === undefined) throw new Error(`${player.name} could not ${field}: ${body}`)
  const [invitation, secret, url] = [at(done, 'invitationUrl'), at(done, 'secret'), at(done, 'url')]
  return {
    id: text(subject, 'id'),
    version: Number(at(subject, 'version')),
    invitationUrl: typeof invitation === 'string' ? invitation : undefined,
    secret: typeof secret === 'string' ? secret : undefined,
    url: typeof url === 'string' ? url : undefined,
  }
}

const fits = (member: string, field: string): boolean =>
  member ===
  (field === 'inviteMember'
    ? 'MemberInvited'
    : field === 'makeKey'
      ? 'KeyMade'
      : field === 'rotateKey'
        ? 'KeyRotated'
        : field === 'makeCalendarLink'
          ? 'CalendarLinkMade'
          : field === 'makeWebhook' || field === 'changeWebhookSecret'
            ? 'WebhookSealed'
            : field.endsWith('Webhook')
              ? 'WebhookChanged'
              : field.endsWith('Link')
                ? 'CalendarLinkChanged'
                : field.endsWith('Key')
                  ? 'KeyChanged'
                  : field.endsWith('Task')
                    ? 'TaskChanged'
                    : field.endsWith('Comment')
                      ? 'CommentChanged'
                      : field.endsWith('File')
                        ? 'FileChanged'
                        : field.endsWith('Proposal')
                          ? 'ProposalChanged'
                          : field.endsWith('Version')
                            ? 'VersionChanged'
                            : 'MemberChanged')

export const globalId = (type: string, id: string): string => btoa(`${type}:${id}`)
export const uuidOf = (global: string): string => atob(global).replace(/^\w+:/, '')

export interface Told {
  readonly server: ServerProcess
  readonly cast: Cast
  readonly ledger: Ledger
  /** Where somebody takes what webhooks send, under a path for each party. */
  readonly hooks: string
  /** A browser that can be told, by its name. */
  readonly browser: (name: string) => Promise<Reached>
}

/** Who reads what is joint, when the owner is this party and these are named. */
const jointly = ({ parties }: Cast, owner: PartyKey, named: readonly PartyKey[] = []): PartyKey[] => {
  const peers = [...parties.values()].filter(({ collaboration }) => collaboration === parties.get(owner)?.collaboration)
  return peers.filter(({ key, role }) => key === owner || role !== 'GUEST' || named.includes(key)).map(({ key }) => key)
}

export const tell = async (told: Told): Promise<void> => {
  for (const key of told.cast.parties.keys()) await hook(told, key)
  for (const slices of PARTS) await hook(told, 'A', slices)
  for (const key of told.cast.parties.keys()) await tellOf(told, key)
  await tellOfAgreement(told, ['A', 'B'], 'C')
  await tellOfAgreement(told, ['X', 'Y'])
  const leaver = told.cast.players.find(({ name }) => name === 'removed from A')
  if (leaver) await linkCalendar(told, leaver, 'A', false)
  await act(told.server, told.cast.player('A', 'ADMIN'), 'removeMember', { id: globalId('Member', told.cast.leaver.memberId) })
}

/** A system that is sent all that its party is told from now on, as deep as one looks. */
const hook = async ({ server, ledger, cast, hooks }: Told, key: PartyKey, slices?: readonly string[]): Promise<void> => {
  const admin = cast.player(key, 'ADMIN')
  const made = await act(server, admin, 'makeKey', {
    id: randomUUID(),
    name: ledger.text('key of a webhook.name', key, [key]),
    ...(slices && { slices }),
  })
  const url = `${hooks}/${[key, ...(slices ?? [])].join('-')}/${ledger.text('webhook.url', key, [key])}`
  const name = ledger.text('webhook.name', key, [key])
  const { secret } = await act(server, admin, 'makeWebhook', { id: randomUUID(), name, url, document: DEEP, key: made.id })
  if (!made.secret || !secret) throw new Error('what is secret is shown when it is made')
  for (const value of [made.secret.slice('samsyn_'.length), secret.slice('whsec_'.length)])
    ledger.know(value, { kind: 'secret of a webhook', owner: key, seenBy: new Set([key]), reachable: false })
}
const TASK =
  'id title description party { name } comments(first: 100) { totalCount nodes { id text author { name } files { name } } } files { name }'
const DEEP = `subscription { changes { __typename ... on ChangeBatch { cursor changes {
  id kind at actor { name } party { name } changes { field from to }
  subject { __typename id ... on Task { ${TASK} } ... on Comment { text author { name } task { ${TASK} } said: answers { id text } clause { heading } }
    ... on File { name task { ${TASK} } comment { text } } ... on Member { name title email } ... on ApiKey { name } ... on Webhook { name url }
    ... on Proposal { title reason changes { heading text } answers { reason } } ... on AgreementVersion { clauses { heading text } } } } } } }`

/** A calendar that is fetched from now on as this player, or for the whole party. */
const linkCalendar = async (
  { server, ledger, cast }: Omit<Told, 'hooks' | 'browser'>,
  player: Player,
  key: PartyKey,
  party: boolean,
): Promise<Subject> => {
  const name = ledger.text('calendar link.name', key, [key])
  const made = await act(server, player, 'makeCalendarLink', { id: randomUUID(), name, party })
  const token = made.url?.split('token=')[1]
  if (!made.url || !token) throw new Error('a calendar link is shown when it is made')
  ledger.know(token, { kind: 'calendar token', owner: key, seenBy: new Set([key]), reachable: false })
  // Whoever has lost the seat reads nothing by it, though the link was theirs.
  cast.calendars.push({ url: made.url, party: player.party })
  return made
}

const tellOf = async ({ server, cast, ledger, browser }: Told, key: PartyKey): Promise<void> => {
  const as = (role: Role, party = key) => cast.player(party, role)
  const partyId = (party: PartyKey) => globalId('Party', cast.parties.get(party)?.id ?? '')
  const peers = [...cast.parties.values()]
    .filter(({ collaboration }) => collaboration === cast.parties.get(key)?.collaboration)
    .map((peer) => peer.key)
  const other = peers[(peers.indexOf(key) + 1) % peers.length] ?? key

  const create = (name: string, readers: readonly PartyKey[]) =>
    act(server, as('CONTRIBUTOR'), 'createTask', {
      id: randomUUID(),
      title: ledger.text(`${name}.title`, key, readers),
      description: ledger.text(`${name}.description`, key, readers),
      responsible: [partyId(key)],
      assignees: [globalId('Member', as('CONTRIBUTOR').memberId ?? '')],
      dueOn: '2030-01-01',
      idempotencyKey: randomUUID(),
    })
  const edit = (id: string, version: number, name: string, readers: readonly PartyKey[], party = key) =>
    act(server, as('COORDINATOR', party), 'editTask', {
      id,
      baseVersion: version,
      title: ledger.text(`${name}.title`, party, readers),
      description: ledger.text(`${name}.description`, party, readers),
    })
  const comment = (
    task: string,
    name: string,
    audience: 'OWN' | 'AS_PARENT',
    readers: readonly PartyKey[],
    party = key,
    answers?: string,
  ) =>
    act(server, as('CONTRIBUTOR', party), 'writeComment', {
      id: randomUUID(),
      task,
      ...(answers && { answers }),
      audience,
      text: ledger.text(`${name} comment, ${audience}`, party, audience === 'OWN' ? [party] : readers),
    })
  const share = (id: string, audience: 'SHARED' | 'JOINT', named: readonly PartyKey[]) =>
    act(server, as('COORDINATOR'), 'shareTask', { id, audience, with: named.map(partyId) })

  const attach = async (place: object, name: string, readers: readonly PartyKey[], party = key) => {
    const upload = await sendIn(server, as('CONTRIBUTOR', party), ledger.text(`${name}, file`, party, readers))
    return act(server, as('CONTRIBUTOR', party), 'attachFile', { id: randomUUID(), upload, ...place })
  }

  const makeKey = async (name: string, slices?: readonly string[]): Promise<{ id: string; secret: string }> => {
    const made = await act(server, as('ADMIN'), 'makeKey', {
      id: randomUUID(),
      name: ledger.text(name, key, [key]),
      ...(slices && { slices }),
    })
    if (!made.secret) throw new Error('a key is shown when it is made')
    ledger.know(made.secret.slice('samsyn_'.length), { kind: 'key', owner: key, seenBy: new Set([key]), reachable: false })
    return { id: made.id, secret: made.secret }
  }

  // A draft, changed once; comments changed and withdrawn.
  const draft = await create('draft, first', [key])
  await edit(draft.id, draft.version, 'draft', [key])
  await comment(draft.id, 'draft', 'OWN', [key])
  const said = await comment(draft.id, 'draft, first', 'AS_PARENT', [key])
  await act(server, as('CONTRIBUTOR'), 'editComment', {
    id: said.id,
    baseVersion: said.version,
    text: ledger.text('draft comment, edited', key, [key]),
  })
  // What is withdrawn is told to nobody any more, not by the journal either.
  const regretted = await act(server, as('CONTRIBUTOR'), 'writeComment', {
    id: randomUUID(),
    task: draft.id,
    audience: 'AS_PARENT',
    text: ledger.text('withdrawn comment', key, [], false),
  })
  await act(server, as('CONTRIBUTOR'), 'withdrawComment', { id: regretted.id })

  await attach({ task: draft.id }, 'draft', [key])
  const taken = await attach({ task: draft.id }, 'draft, removed', [key])
  await act(server, as('COORDINATOR'), 'removeFile', { id: taken.id })
  await sendIn(server, as('CONTRIBUTOR'), ledger.text('waiting upload', key, [key]))

  // Put away.
  const put = await create('archived', [key])
  await comment(put.id, 'archived', 'AS_PARENT', [key])
  await act(server, as('COORDINATOR'), 'archiveTask', { id: put.id })

  // Shared with one, then joint.
  const both = [key, other]
  const all = jointly(cast, key, [other])
  const shared = await create('before sharing', [key])
  const before = await comment(shared.id, 'before sharing', 'AS_PARENT', [key])
  await attach({ task: shared.id }, 'before sharing', all)
  const dropped = await attach({ task: shared.id }, 'removed before sharing', [key])
  await act(server, as('COORDINATOR'), 'removeFile', { id: dropped.id })
  const ready = await edit(shared.id, shared.version, 'as shared', both)
  await share(shared.id, 'SHARED', [other])
  await comment(shared.id, 'shared', 'OWN', both)
  await comment(shared.id, 'shared', 'AS_PARENT', both)
  await comment(shared.id, 'shared, by the other', 'OWN', both, other)
  await attach({ task: shared.id }, 'shared, by the other', all, other)
  const beside = async (audience: 'OWN' | 'AS_PARENT', readers: readonly PartyKey[]) =>
    act(server, as('CONTRIBUTOR', other), 'writeComment', {
      id: randomUUID(),
      task: shared.id,
      audience,
      text: ledger.text(`with a file, ${audience}`, other, readers),
      uploads: [await sendIn(server, as('CONTRIBUTOR', other), ledger.text(`file of a comment, ${audience}`, other, readers))],
    })
  await beside('OWN', [other])
  await beside('AS_PARENT', both)
  const theirs = await comment(shared.id, 'shared, by the other', 'AS_PARENT', both, other)
  // Answers: to what was said among oneself before, to what two read, and to that among oneself; after the widening as well.
  const inside = await comment(shared.id, 'shared, answered inside', 'OWN', both)
  await comment(shared.id, 'answer to before sharing', 'AS_PARENT', [key], key, before.id)
  await comment(shared.id, 'answer to what is shared', 'AS_PARENT', both, key, theirs.id)
  await comment(shared.id, 'answer inside to what is shared', 'OWN', both, key, theirs.id)
  await comment(shared.id, 'answer to what is inside', 'AS_PARENT', [key], key, inside.id)
  const meanwhile = await edit(shared.id, ready.version + 1, 'while shared', both, other)
  await edit(shared.id, meanwhile.version, 'before joint', all)
  await share(shared.id, 'JOINT', [])
  await comment(shared.id, 'widened', 'AS_PARENT', all)
  await comment(shared.id, 'answer after widening', 'AS_PARENT', both, other, theirs.id)

  // Shared and left so.
  const kept = await create('before sharing, kept', [key])
  await edit(kept.id, kept.version, 'kept', both)
  await share(kept.id, 'SHARED', [other])
  await comment(kept.id, 'kept', 'AS_PARENT', both, other)
  await comment(kept.id, 'kept', 'OWN', both, other)

  // Joint at once; everybody who reads it keeps a note of their own.
  const everyone = jointly(cast, key)
  const joint = await create('before joint, joint', [key])
  await edit(joint.id, joint.version, 'joint', everyone)
  await share(joint.id, 'JOINT', [])
  for (const party of everyone) {
    await comment(joint.id, 'joint', 'OWN', everyone, party)
    await comment(joint.id, 'joint', 'AS_PARENT', everyone, party)
  }

  // People: one invited, whose link only the one who invites is shown.
  const invited = await act(server, as('ADMIN'), 'inviteMember', {
    id: randomUUID(),
    email: `${ledger.text('invited person.email', key, [key])}@hem.example`,
    name: ledger.text('invited person.name', key, peers),
    title: ledger.text('invited member.title', key, peers),
    roles: ['OBSERVER'],
  })
  const token = invited.invitationUrl?.split('token=')[1]
  if (!token) throw new Error('an invitation has a link')
  ledger.know(token, { kind: 'invitation token', owner: key, seenBy: new Set([key]), reachable: false })
  await act(server, as('ADMIN'), 'changeMember', {
    id: invited.id,
    baseVersion: 1,
    title: ledger.text('changed member.title', key, peers),
  })

  // Calendars: one's own, the party's, and one that was taken back.
  await linkCalendar({ server, cast, ledger }, as('CONTRIBUTOR'), key, false)
  await linkCalendar({ server, cast, ledger }, as('ADMIN'), key, true)
  const regrettedLink = await linkCalendar({ server, cast, ledger }, as('ADMIN'), key, true)
  await act(server, as('ADMIN'), 'revokeCalendarLink', { id: regrettedLink.id })

  // A browser in which one member is told: what it is called is that member's alone, who is asked only when everybody is.
  const owner = as('CONTRIBUTOR')
  const label = `kanarie${letters(8)}`
  ledger.know(label, {
    kind: 'browser.label',
    owner: key,
    seenBy: new Set([key]),
    reachable: process.env['PROVE'] !== undefined,
    member: owner.memberId ?? '',
  })
  await nameBrowser(server, owner, label, await browser(`told-${key}`))

  // Programs: one with a key that holds, who asks for everything from now on, and one whose key was taken back.
  const { secret } = await makeKey('key.name')
  const late = await makeKey('revoked key.name')
  await act(server, as('ADMIN'), 'revokeKey', { id: late.id })
  const program = {
    role: undefined,
    memberId: undefined,
    token: undefined,
    slug: cast.parties.get(key)?.slug ?? '',
    knows: new Set<never>(),
  }
  // A signatory's, a guest's, and one from the other collaboration: of the others, nothing differs.
  if (['A', 'G', 'X'].includes(key)) cast.join({ ...program, name: `${key} by key`, party: key, key: secret })
  if (key === 'A')
    for (const slices of PARTS) {
      const part = await makeKey('name of a key for a part', slices)
      cast.join({ ...program, name: `A by a key for ${slices.join(' and ')}`, party: key, key: part.secret, slices })
    }
  if (key === 'A') cast.join({ ...program, name: `${key} by a revoked key`, party: undefined, key: late.secret })
}

/** An agreement with a version in force, one that awaits signatures, and proposals of every sort; talk about its clauses. */
const tellOfAgreement = async (
  { server, cast, ledger }: Told,
  signatories: readonly PartyKey[],
  associate?: PartyKey,
): Promise<void> => {
  const [proposer = '', other = ''] = signatories
  const all = jointly(cast, proposer)
  const as = (party: PartyKey, role: Role = 'COORDINATOR') => cast.player(party, role)
  const words = (name: string, owner: PartyKey, readers: readonly PartyKey[]) => ({
    heading: ledger.text(`${name}.heading`, owner, readers),
    text: ledger.text(`${name}.text`, owner, readers),
  })
  const draft = async (owner: PartyKey, name: string, readers: readonly PartyKey[], changes: readonly object[]) =>
    act(server, as(owner), 'draftProposal', {
      id: randomUUID(),
      title: ledger.text(`${name}.title`, owner, readers),
      reason: ledger.text(`${name}.reason`, owner, readers),
      changes,
      idempotencyKey: randomUUID(),
    })
  const open = async (owner: PartyKey, name: string, changes: readonly object[]) => {
    const { id } = await draft(owner, name, all, changes)
    await act(server, as(owner), 'openProposal', { id })
    return id
  }
  const answer = (party: PartyKey, id: string, position: string) =>
    act(server, as(party), 'answerProposal', { id, position, reason: ledger.text(`answer ${position}`, party, all) })
  const sign = async (parties: readonly PartyKey[]) => {
    const { id, hash } = await latestOf(server, as(proposer))
    for (const party of parties) await act(server, as(party), 'signVersion', { id, hash })
  }
  const add = (name: string, more: object = {}) => ({ kind: 'ADD', clause: randomUUID(), ...words(name, proposer, all), ...more })

  const first = await open(proposer, 'first proposal', [add('clause'), add('clause removed later')])
  for (const party of signatories) await answer(party, first, 'YES')
  await sign(signatories)
  const { clauses } = await latestOf(server, as(proposer))
  const [removed = '', kept = ''] = clauses

  // The agreement's talk, and a task of it.
  const remark = (party: PartyKey, audience: 'OWN' | 'AS_PARENT') =>
    act(server, as(party, 'CONTRIBUTOR'), 'writeComment', {
      id: randomUUID(),
      clause: kept,
      audience,
      text: ledger.text(`clause comment, ${audience}`, party, audience === 'OWN' ? [party] : all),
    })
  for (const party of associate === undefined ? signatories : [...signatories, associate]) {
    await remark(party, 'OWN')
    await remark(party, 'AS_PARENT')
    await act(server, as(party, 'CONTRIBUTOR'), 'createTask', {
      id: randomUUID(),
      title: ledger.text('task of a clause.title', party, [party]),
      clause: kept,
    })
  }

  for (const party of associate === undefined ? signatories : [...signatories, associate]) {
    const upload = await sendIn(server, as(party, 'CONTRIBUTOR'), ledger.text('file of a version', party, all))
    const { id: version } = await latestOf(server, as(party, 'CONTRIBUTOR'))
    await act(server, as(party, 'CONTRIBUTOR'), 'attachFile', { id: randomUUID(), upload, version })
  }

  // Proposals that are nobody else's, that are open, and of each end.
  const own = await draft(
    proposer,
    'draft proposal',
    [proposer],
    [{ kind: 'CHANGE', clause: kept, ...words('draft clause', proposer, [proposer]) }],
  )
  await act(server, as(proposer), 'editProposal', {
    id: own.id,
    baseVersion: own.version,
    title: ledger.text('draft proposal, edited.title', proposer, [proposer]),
  })
  const regretted = await draft(other, 'withdrawn draft', [other], [])
  await act(server, as(other), 'withdrawProposal', { id: regretted.id })
  const rejected = await open(other, 'rejected', [{ kind: 'CHANGE', clause: kept, ...words('rejected clause', other, all) }])
  for (const party of signatories) await answer(party, rejected, 'NO')
  const second = await open(proposer, 'second proposal', [
    { kind: 'REMOVE', clause: removed },
    add('second clause', { parent: kept }),
  ])
  const pending = await open(other, 'open proposal', [{ kind: 'CHANGE', clause: kept, ...words('open clause', other, all) }])
  await answer(other, pending, 'ABSTAIN')
  for (const party of signatories) await answer(party, second, 'YES')
  await sign([other])
}

/** The latest version of the agreement, as its reader needs it to sign or to change it. */
export const latestOf = async (
  server: ServerProcess,
  player: Player,
): Promise<{ id: string; hash: string; clauses: string[] }> => {
  const { body } = await ask(server, player, '{ collaboration { agreement { latest { id hash clauses { clause { id } } } } } }')
  const latest = at(JSON.parse(body), 'data', 'collaboration', 'agreement', 'latest')
  return {
    id: text(latest, 'id'),
    hash: text(latest, 'hash'),
    clauses: list(latest, 'clauses').map((one) => text(one, 'clause', 'id')),
  }
}

export interface Board {
  readonly joint: string
  readonly draft: string
}

/** Ids of a party's tasks by what became of them. */
export const boardOf = async ({ server, cast }: Pick<Told, 'server' | 'cast'>, key: PartyKey): Promise<Board> => {
  const { body } = await ask(
    server,
    cast.player(key, 'COORDINATOR'),
    '{ viewer { party { id } } collaboration { tasks(first: 100) { nodes { id audience party { id } sharedWith { id } } } } }',
  )
  const answer: unknown = JSON.parse(body)
  const own = list(answer, 'data', 'collaboration', 'tasks', 'nodes').filter(
    (task) => at(task, 'party', 'id') === at(answer, 'data', 'viewer', 'party', 'id'),
  )
  const id = (audience: string) =>
    text(
      own.find((task) => at(task, 'audience') === audience && list(task, 'sharedWith').length === 0),
      'id',
    )
  return { joint: id('JOINT'), draft: id('OWN') }
}
