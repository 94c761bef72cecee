import type { GraphQLSchema } from 'graphql'
import type { Config } from '../config/config.ts'
import { ASKED, actOf, idOf, seated } from '../graph/acts.ts'
import { builder } from '../graph/builder.ts'
import { FAILURES } from '../graph/failures.graph.ts'
import { InputCheck } from '../graph/input.ts'
import { cursorNow } from '../journal/changes.ts'
import { Addresses } from './address.ts'
import { wrongWith } from './document.ts'
import { WebhookRef } from './webhooks.graph.ts'
import { MOST_WEBHOOKS, OVERLAP_HOURS } from './webhooks.service.ts'

/** Guards: nothing is saved that could never be sent, and what is wrong with it is said as its developer needs to hear it. */

const cursor = "The journal's position after the commit."
const Changed = builder.objectRef<{ id: string }>('WebhookChanged').implement({
  description: 'The webhook as it now is.',
  fields: (t) => ({
    webhook: t.prismaField({
      type: WebhookRef,
      description: 'The webhook, after the commit.',
      resolve: (query, { id }, _, { transaction }) => transaction.webhook.findUniqueOrThrow({ ...query, where: { id } }),
    }),
    cursor: t.field({ type: 'Cursor', description: cursor, resolve: (_root, _args, context) => cursorNow(context) }),
  }),
})
const Sealed = builder.objectRef<{ id: string; secret: string | null }>('WebhookSealed').implement({
  description: 'The webhook as it now is, with what it signs with.',
  fields: (t) => ({
    webhook: t.prismaField({
      type: WebhookRef,
      description: 'The webhook, after the commit.',
      resolve: (query, { id }, _, { transaction }) => transaction.webhook.findUniqueOrThrow({ ...query, where: { id } }),
    }),
    cursor: t.field({ type: 'Cursor', description: cursor, resolve: (_root, _args, context) => cursorNow(context) }),
    secret: t.exposeString('secret', {
      nullable: true,
      description:
        'What the receiver verifies `webhook-signature` with, in the form of Standard Webhooks (`whsec_…`). Shown this once; null when the same act is repeated.',
    }),
  }),
})

const idempotency = 'A UUID minted by the client: the same key again gives the same answer and changes nothing.'
const MakeWebhookInput = builder.inputType('MakeWebhookInput', {
  description: 'A system that is to be sent what happens.',
  fields: (t) => ({
    idempotencyKey: t.id({ description: idempotency }),
    id: t.id({ required: true, description: "A UUID minted by the client. The answer's id is derived from it and the party." }),
    name: t.string({ required: true, description: 'Which system it is for: one line, 1 to 100 characters.' }),
    url: t.string({
      required: true,
      description:
        'Where to: https, at port 443 or 8443, and an address that anybody could reach; no more than 2 000 characters. The operator may let networks of their own be reached too, also by http.',
    }),
    document: t.string({
      required: true,
      description:
        'What to send: a subscription to `changes`, without variables, within the limits of this server; no more than 20 000 characters. It is executed for each entry by itself, and what it is answered is sent.',
    }),
    key: t.id({
      required: true,
      description: 'Id of ApiKey, of the own party, which still holds: with its access the document is executed.',
    }),
    after: t.field({
      type: 'Cursor',
      description:
        'From where in the stream; without one, what happens from now on. The cursor of another webhook lets this one take its place.',
    }),
  }),
})
const EditWebhookInput = builder.inputType('EditWebhookInput', {
  description: 'What is to change of a webhook; what is left out stays.',
  fields: (t) => ({
    idempotencyKey: t.id({ description: idempotency }),
    id: t.id({ required: true, description: 'Id of Webhook, of the own party.' }),
    baseVersion: t.int({ required: true, description: 'The version that the caller saw.' }),
    name: t.string({ description: 'One line, 1 to 100 characters.' }),
    url: t.string({ description: 'Where to: as when it is made.' }),
    document: t.string({ description: 'What to send: as when it is made.' }),
  }),
})
const named = (name: string, description: string) =>
  builder.inputType(name, {
    description,
    fields: (t) => ({
      idempotencyKey: t.id({ description: idempotency }),
      id: t.id({ required: true, description: 'Id of Webhook, of the own party.' }),
    }),
  })
const PauseWebhookInput = named('PauseWebhookInput', 'A webhook that is to send nothing for a while.')
const ResumeWebhookInput = named('ResumeWebhookInput', 'A webhook that is to go on.')
const ChangeWebhookSecretInput = named('ChangeWebhookSecretInput', 'A webhook that is to sign with another secret.')
const TestWebhookInput = named('TestWebhookInput', 'A webhook that is to be tried.')
const RemoveWebhookInput = named('RemoveWebhookInput', 'A webhook that is to send nothing any more.')
const ReplayWebhookInput = builder.inputType('ReplayWebhookInput', {
  description: 'What a webhook is to send again.',
  fields: (t) => ({
    idempotencyKey: t.id({ description: idempotency }),
    id: t.id({ required: true, description: 'Id of Webhook, of the own party.' }),
    after: t.field({
      type: 'Cursor',
      description: 'What came after this place is sent again; without one, all that the stream holds.',
    }),
    until: t.field({
      type: 'Cursor',
      description: 'Up to and including this place; without one, to where the webhook stands.',
    }),
  }),
})

const nameIn = (check: InputCheck, name: string): string => check.text('name', name, { least: 1, most: 100 })
const urlIn = (check: InputCheck, typed: string, { webhookNetworks }: Config): string => {
  const url = check.text('url', typed, { least: 1, most: 2_000 })
  check.require('url', new Addresses(webhookNetworks).allows(url), 'INVALID_ADDRESS')
  return url
}
const documentIn = (check: InputCheck, typed: string, schema: GraphQLSchema, { operations }: Config): string => {
  const document = check.text('document', typed, { least: 1, most: 20_000, lines: true })
  check.document('document', wrongWith(schema, document, operations))
  return document
}

builder.mutationFields((t) => ({
  makeWebhook: t.field({
    type: Sealed,
    description: `Lets a system be sent what happens, as it asks for it. For those who look after the party's people; a party has at most ${MOST_WEBHOOKS}.`,
    errors: { types: FAILURES },
    authScopes: { seated: true },
    args: { input: t.arg({ type: MakeWebhookInput, required: true, description: ASKED }) },
    resolve: async (_root, { input }, context, { schema }) => {
      const check = new InputCheck()
      const terms = {
        id: check.minted('id', input.id),
        name: nameIn(check, input.name),
        url: urlIn(check, input.url, context.config),
        document: documentIn(check, input.document, schema, context.config),
        after: input.after ?? undefined,
      }
      check.done()
      const keyId = idOf('ApiKey', 'key', input.key)
      return context.act(() => context.webhooks.make(seated(context), actOf('makeWebhook', input), { ...terms, keyId }))
    },
  }),
  editWebhook: t.field({
    type: Changed,
    description:
      'Changes what it is called, where it is sent and what it asks. What is yet to be sent goes as it then is. One that is paused or stopped stays so until it is resumed; when its key has ended, only its name can be changed.',
    errors: { types: FAILURES },
    authScopes: { seated: true },
    args: { input: t.arg({ type: EditWebhookInput, required: true, description: ASKED }) },
    resolve: async (_root, { input }, context, { schema }) => {
      const check = new InputCheck()
      const { name, url, document } = input
      const wanted = {
        ...(name != null && { name: nameIn(check, name) }),
        ...(url != null && { url: urlIn(check, url, context.config) }),
        ...(document != null && { document: documentIn(check, document, schema, context.config) }),
      }
      check.done()
      const id = idOf('Webhook', 'id', input.id)
      return context.act(async () => ({
        id: await context.webhooks.edit(seated(context), actOf('editWebhook', input), id, input.baseVersion, wanted),
      }))
    },
  }),
  pauseWebhook: t.field({
    type: Changed,
    description: 'Sends nothing until it is resumed. What happens meanwhile is sent then.',
    errors: { types: FAILURES },
    authScopes: { seated: true },
    args: { input: t.arg({ type: PauseWebhookInput, required: true, description: ASKED }) },
    resolve: async (_root, { input }, context) => {
      const id = idOf('Webhook', 'id', input.id)
      return context.act(async () => ({ id: await context.webhooks.pause(seated(context), actOf('pauseWebhook', input), id) }))
    },
  }),
  resumeWebhook: t.field({
    type: Changed,
    description: 'Goes on from where it stood, also after the hub had given up; not when its key has ended.',
    errors: { types: FAILURES },
    authScopes: { seated: true },
    args: { input: t.arg({ type: ResumeWebhookInput, required: true, description: ASKED }) },
    resolve: async (_root, { input }, context) => {
      const id = idOf('Webhook', 'id', input.id)
      return context.act(async () => ({ id: await context.webhooks.resume(seated(context), actOf('resumeWebhook', input), id) }))
    },
  }),
  changeWebhookSecret: t.field({
    type: Sealed,
    description: `Gives it another secret. For ${OVERLAP_HOURS} hours everything is signed with both.`,
    errors: { types: FAILURES },
    authScopes: { seated: true },
    args: { input: t.arg({ type: ChangeWebhookSecretInput, required: true, description: ASKED }) },
    resolve: async (_root, { input }, context) => {
      const id = idOf('Webhook', 'id', input.id)
      return context.act(() => context.webhooks.rotate(seated(context), actOf('changeWebhookSecret', input), id))
    },
  }),
  testWebhook: t.field({
    type: Changed,
    description:
      'Sends `webhook.test` with empty data, at once, whatever else waits and also while it is paused. Of one webhook one is on its way at a time. What became of it stands among its deliveries.',
    errors: { types: FAILURES },
    authScopes: { seated: true },
    args: { input: t.arg({ type: TestWebhookInput, required: true, description: ASKED }) },
    resolve: async (_root, { input }, context) => {
      const id = idOf('Webhook', 'id', input.id)
      return context.act(async () => ({ id: await context.webhooks.test(seated(context), actOf('testWebhook', input), id) }))
    },
  }),
  replayWebhook: t.field({
    type: Changed,
    description:
      'Sends again what came after a place in the stream, in order and each under the id that it had, as its document is answered now. What is yet to be sent waits for that.',
    errors: { types: FAILURES },
    authScopes: { seated: true },
    args: { input: t.arg({ type: ReplayWebhookInput, required: true, description: ASKED }) },
    resolve: async (_root, { input }, context) => {
      const id = idOf('Webhook', 'id', input.id)
      const range = { after: input.after ?? undefined, until: input.until ?? undefined }
      return context.act(async () => ({
        id: await context.webhooks.replay(seated(context), actOf('replayWebhook', input), id, range),
      }))
    },
  }),
  removeWebhook: t.field({
    type: Changed,
    description: 'Sends nothing any more. Its name, and what it was, stay.',
    errors: { types: FAILURES },
    authScopes: { seated: true },
    args: { input: t.arg({ type: RemoveWebhookInput, required: true, description: ASKED }) },
    resolve: async (_root, { input }, context) => {
      const id = idOf('Webhook', 'id', input.id)
      return context.act(async () => ({ id: await context.webhooks.remove(seated(context), actOf('removeWebhook', input), id) }))
    },
  }),
}))
