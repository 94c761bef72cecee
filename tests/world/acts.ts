import { mint, type Actor, type Outcome } from './actor.ts'

// The verbs as a client of any make sends them, with everything that any answer may hold.

const TASK = `id title description state position version audience archivedAt dueOn commentCount
  party { id } createdBy { id } responsible { id } assignees { id } sharedWith { id } readers { id }`
const FILE = 'id name mediaType size hash path version attachedAt removedAt party { id } attachedBy { id }'
const COMMENT = `id text version audience editedAt withdrawnAt author { id } readers { id } answers { id } files { ${FILE} }`
const VERSION = `id number state title hash version signatures { hash party { id } member { id } } awaiting { name }
  clauses { number depth heading text parentId clause { id number heading removed } } proposal { id }`
const PROPOSAL = `id title reason state version openedAt decidedAt party { id } changes { kind clauseId parentId afterId heading text }
  answers { position reason party { name } member { id } } awaiting { name } base { id number } result { ${VERSION} }`
const MEMBER = 'id name title roles version email joinedAt removedAt mandates { kind validFrom validTo }'

const KEY = `id name slices version madeAt sealedAt formerUntil expiresAt revokedAt lastUsedAt
  secretUsedAt formerUsedAt madeBy { id }`

const LINK = 'id name version madeAt revokedAt lastUsedAt madeBy { id } member { id }'

const SETTINGS = `id version digestAt quietFrom quietTo timeZone language channels { channel available reasons }
  browsers { id label fingerprint addedAt toldAt }`
const WEBHOOK = `id name url document state stop version madeAt formerUntil cursor replaying attempts failingSince nextAttemptAt
  key { id } madeBy { id } deliveries(first: 100) { nodes { id messageId kind from attempt at problem status durationMs answer } }`

const FAILURES = `
  ... on InvalidInput { message issues { field code limit detail } }
  ... on Conflict { message currentVersion conflicts { field current at actor { id } } }
  ... on NotAllowed { message code }
  ... on NotFound { message field }
  ... on TryAgain { message retryAfter }
`
const ANSWERS = {
  Task: `... on TaskChanged { cursor task { ${TASK} } }`,
  Comment: `... on CommentChanged { cursor comment { ${COMMENT} } }`,
  File: `... on FileChanged { cursor file { ${FILE} task { id } comment { id } agreementVersion { id } } }`,
  Member: `... on MemberChanged { cursor member { ${MEMBER} } }`,
  Proposal: `... on ProposalChanged { cursor proposal { ${PROPOSAL} } }`,
  Version: `... on VersionChanged { cursor agreementVersion { ${VERSION} } }`,
  Key: `... on KeyChanged { cursor key { ${KEY} } }`,
  Settings: `... on SettingsChanged { cursor settings { ${SETTINGS} } }`,
  Link: `... on CalendarLinkChanged { cursor link { ${LINK} } }`,
  NewLink: `... on CalendarLinkMade { cursor url link { ${LINK} } }`,
  RotatedKey: `... on KeyRotated { cursor secret key { ${KEY} } }`,
  NewKey: `... on KeyMade { cursor secret key { ${KEY} } }`,
  Webhook: `... on WebhookChanged { cursor webhook { ${WEBHOOK} } }`,
  SealedWebhook: `... on WebhookSealed { cursor secret webhook { ${WEBHOOK} } }`,
  Invitation: `... on MemberInvited { cursor invitationUrl member { ${MEMBER} } }`,
} as const

const VERBS = {
  createTask: 'Task',
  editTask: 'Task',
  assignTask: 'Task',
  moveTask: 'Task',
  shareTask: 'Task',
  archiveTask: 'Task',
  restoreTask: 'Task',
  writeComment: 'Comment',
  editComment: 'Comment',
  withdrawComment: 'Comment',
  inviteMember: 'Invitation',
  changeMember: 'Member',
  removeMember: 'Member',
  draftProposal: 'Proposal',
  editProposal: 'Proposal',
  openProposal: 'Proposal',
  withdrawProposal: 'Proposal',
  answerProposal: 'Proposal',
  signVersion: 'Version',
  addBrowser: 'Settings',
  replaceBrowser: 'Settings',
  removeBrowser: 'Settings',
  makeKey: 'NewKey',
  rotateKey: 'RotatedKey',
  endFormerKey: 'Key',
  revokeKey: 'Key',
  makeCalendarLink: 'NewLink',
  revokeCalendarLink: 'Link',
  makeWebhook: 'SealedWebhook',
  editWebhook: 'Webhook',
  pauseWebhook: 'Webhook',
  resumeWebhook: 'Webhook',
  changeWebhookSecret: 'SealedWebhook',
  testWebhook: 'Webhook',
  replayWebhook: 'Webhook',
  removeWebhook: 'Webhook',
  attachFile: 'File',
  removeFile: 'File',
} as const satisfies Record<string, keyof typeof ANSWERS>

export type Verb = keyof typeof VERBS
export const verbs = Object.keys(VERBS) as readonly Verb[]

export type Input = Record<string, unknown>

/** The entries that acts make. What the inbox's reader tells of them comes when it comes, and is no part of an act. */
export const DONE = `(select * from journal_entry where subject_type <> 'Notification')`

/** The document of a verb; its only variable is `input`. */
export const documentOf = (verb: Verb): string => {
  const input = `${verb.charAt(0).toUpperCase()}${verb.slice(1)}Input`
  return `mutation Act($input: ${input}!) { ${verb}(input: $input) { __typename ${ANSWERS[VERBS[verb]]} ${FAILURES} } }`
}

/** Does it, whatever is answered. */
export const act = (actor: Actor, verb: Verb, input: Input): Promise<Outcome> => actor.mutate(documentOf(verb), { input })

export interface Done {
  readonly cursor: string
  readonly invitationUrl?: string
  /** What a program shows, of a key that was made; what a webhook signs with. */
  readonly secret?: string
  /** Where a calendar fetches, of a link that was made. */
  readonly url?: string
  readonly subject: { readonly id: string; readonly version: number } & Record<string, unknown>
}

/** Does it, and expects that it was done. */
export const does = async (actor: Actor, verb: Verb, input: Input): Promise<Done> => {
  const outcome = await act(actor, verb, input)
  const {
    task,
    comment,
    member,
    proposal,
    agreementVersion,
    key,
    link,
    file,
    settings,
    webhook,
    cursor,
    invitationUrl,
    secret,
    url,
  } = outcome as Partial<Record<string, Done['subject']>> & Partial<Done>
  const subject = task ?? comment ?? member ?? proposal ?? agreementVersion ?? key ?? link ?? file ?? settings ?? webhook
  if (!subject || !cursor) throw new Error(`${verb} was refused: ${JSON.stringify(outcome)}`)
  return { subject, cursor, ...(invitationUrl && { invitationUrl }), ...(secret && { secret }), ...(url && { url }) }
}

/** A new task of the actor's party. */
export const newTask = async (actor: Actor, input: Input = {}): Promise<Done['subject']> =>
  (await does(actor, 'createTask', { id: mint(), title: 'Belysning vid gångvägen', ...input })).subject

/** A new task that all parties read. */
export const jointTask = async (actor: Actor, input: Input = {}): Promise<Done['subject']> => {
  const { id } = await newTask(actor, input)
  return (await does(actor, 'shareTask', { id, audience: 'JOINT' })).subject
}
