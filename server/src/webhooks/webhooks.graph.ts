import { reads, readable } from '../access/reads.ts'
import { builder } from '../graph/builder.ts'
import { encodeCursor } from '../journal/cursor.ts'
import { MemberRef } from '../members/members.graph.ts'

/** Guards: what a webhook is sent is the party's own to know, with where it goes and what became of it. What it signs with is told once. */

const STATES = ['ACTIVE', 'PAUSED', 'STOPPED', 'REMOVED'] as const
const STOPS = ['KEY_ENDED', 'GONE', 'FAILING', 'SECRET_LOST'] as const
const PROBLEMS = ['STATUS', 'TIMEOUT', 'UNREACHABLE', 'FORBIDDEN_ADDRESS', 'TOO_LARGE'] as const

const StateRef = builder.enumType('WebhookState', {
  description:
    'Whether a webhook is sent to. ACTIVE: yes. PAUSED: not until it is resumed. STOPPED: the hub has given up, for the reason beside it. REMOVED: never again.',
  values: STATES,
})
const StopRef = builder.enumType('WebhookStop', {
  description:
    "Why the hub has given up. KEY_ENDED: the webhook's key was revoked or has expired. GONE: the receiver answered 410. FAILING: nothing was taken for three days. SECRET_LOST: the hub no longer has what the secret was made from; change the secret.",
  values: STOPS,
})
const ProblemRef = builder.enumType('WebhookProblem', {
  description:
    'Why an attempt was in vain. STATUS: another answer than 2xx, a redirect too. TIMEOUT: none in twelve seconds. UNREACHABLE: nobody there, or no secure connection. FORBIDDEN_ADDRESS: the name leads to an address that is not reached from the hub. TOO_LARGE: more than a million bytes were to be sent.',
  values: PROBLEMS,
})

export const WebhookRef = builder.prismaNode('Webhook', {
  id: { field: 'id' },
  nullable: true,
  description:
    "An address to which the party's stream is sent, entry by entry, by Standard Webhooks: each as the webhook's own subscription is answered for it. Known to the own party only.",
  select: { id: true, readers: true },
  authScopes: (webhook, { viewer }) => reads(viewer, webhook),
  fields: (t) => ({
    name: t.exposeString('name'),
    url: t.exposeString('url', { description: 'Where it is sent to.' }),
    document: t.exposeString('document'),
    key: t.relation('key', {
      description: 'With whose access it is executed: when the key ends, the webhook stops.',
      nullable: true,
    }),
    state: t.expose('state', { type: StateRef }),
    stop: t.expose('stop', { type: StopRef, nullable: true }),
    version: t.exposeInt('version'),
    madeBy: t.field({
      type: MemberRef,
      nullable: true,
      description: 'Who made it, and was shown its first secret.',
      select: { madeById: true },
      resolve: async ({ madeById }, _, { load }) => (await load.member.load(madeById)) ?? null,
    }),
    madeAt: t.expose('madeAt', { type: 'DateTime', description: 'When it was made.' }),
    formerUntil: t.expose('formerUntil', { type: 'DateTime', nullable: true }),
    cursor: t.field({
      type: 'Cursor',
      description: 'How far it has come in the stream: what came after is yet to be sent.',
      select: { partyId: true, epoch: true, seq: true },
      resolve: ({ partyId: streamId, epoch, seq }) => encodeCursor({ streamId, epoch, seq }),
    }),
    replaying: t.boolean({
      description: 'Whether it is sending again what it has sent; what is yet to be sent waits for that.',
      select: { replaySeq: true },
      resolve: ({ replaySeq }) => replaySeq !== null,
    }),
    attempts: t.exposeInt('attempts', {
      description: 'How often the next entry has been tried in vain; what follows waits for it.',
    }),
    failingSince: t.expose('failingSince', {
      type: 'DateTime',
      nullable: true,
      description: 'Since when nothing has been taken; null while all is well. After three days it stops.',
    }),
    nextAttemptAt: t.expose('nextAttemptAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it is tried again; null when nothing has to wait.',
    }),
    deliveredAt: t.expose('deliveredAt', { type: 'DateTime', nullable: true }),
  }),
})

const DeliveryRef = builder.prismaObject('WebhookDelivery', {
  description: 'One attempt to send something. The latest two hundred of each webhook are kept, for thirty days.',
  select: { id: true, readers: true },
  authScopes: (delivery, { viewer }) => reads(viewer, delivery),
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Tells attempts apart; no node.' }),
    messageId: t.exposeString('messageId', {
      description: 'What was sent as `webhook-id`: the same for every attempt with the same entry.',
    }),
    kind: t.exposeString('kind'),
    from: t.field({
      type: 'Cursor',
      nullable: true,
      description: 'The place in the stream after which the entry comes: a replay from here begins with it. Null for a trial.',
      select: { epoch: true, seq: true, webhook: { select: { partyId: true } } },
      resolve: ({ epoch, seq, webhook }) =>
        epoch === null || seq === null ? null : encodeCursor({ streamId: webhook.partyId, epoch, seq: seq > 0n ? seq - 1n : 0n }),
    }),
    attempt: t.exposeInt('attempt'),
    at: t.expose('at', { type: 'DateTime', description: 'When it was over.' }),
    problem: t.expose('problem', { type: ProblemRef, nullable: true }),
    status: t.exposeInt('status', { nullable: true, description: 'The status of the answer; null without one.' }),
    durationMs: t.exposeInt('durationMs', { description: 'How long it took, in milliseconds.' }),
    answer: t.exposeString('answer'),
  }),
})

builder.prismaObjectField('Webhook', 'deliveries', (t) =>
  t.relatedConnection('deliveries', {
    type: DeliveryRef,
    cursor: 'id',
    description: 'What became of the latest attempts, latest first.',
    query: (_args, { viewer }) => ({ where: readable(viewer), orderBy: [{ at: 'desc' as const }, { id: 'desc' as const }] }),
  }),
)

builder.prismaObjectField('Collaboration', 'webhooks', (t) =>
  t.relatedConnection('webhooks', {
    cursor: 'id',
    totalCount: true,
    description: "The own party's webhooks, latest first, also those that were removed.",
    query: (_args, { viewer }) => ({ where: readable(viewer), orderBy: [{ madeAt: 'desc' as const }, { id: 'desc' as const }] }),
  }),
)
