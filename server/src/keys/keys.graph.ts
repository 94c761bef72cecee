import { reads, readable } from '../access/reads.ts'
import { ASKED, actOf, idOf, seated } from '../graph/acts.ts'
import { builder } from '../graph/builder.ts'
import { FAILURES } from '../graph/failures.graph.ts'
import { InputCheck } from '../graph/input.ts'
import { ViewerRef } from '../identity/identity.graph.ts'
import { cursorNow } from '../journal/changes.ts'
import { MemberRef } from '../members/members.graph.ts'
import { checkKey, MOST_DAYS, USUAL_DAYS } from './keys.service.ts'

const KeyRef = builder.prismaNode('ApiKey', {
  id: { field: 'id' },
  nullable: true,
  description:
    "A program's way in for one party: it reads what the party may read, and does nothing. Known to the own party only.",
  select: { id: true, readers: true },
  authScopes: (key, { viewer }) => reads(viewer, key),
  fields: (t) => ({
    name: t.exposeString('name'),
    madeBy: t.field({
      type: MemberRef,
      nullable: true,
      description: 'Which member of the party brought it about; null when it was the operator of the hub.',
      select: { madeById: true },
      resolve: async ({ madeById }, _, { load }) => (madeById ? ((await load.member.load(madeById)) ?? null) : null),
    }),
    madeAt: t.expose('madeAt', { type: 'DateTime' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime' }),
    revokedAt: t.expose('revokedAt', { type: 'DateTime', nullable: true }),
    lastUsedAt: t.expose('lastUsedAt', { type: 'DateTime', nullable: true }),
    version: t.exposeInt('version'),
  }),
})

builder.objectField(ViewerRef, 'key', (t) =>
  t.prismaField({
    type: 'ApiKey',
    nullable: true,
    description: 'What a program came with, to see for example how long it still holds; null for a person.',
    resolve: (query, { program }, _args, { transaction }) =>
      program ? transaction.apiKey.findUnique({ ...query, where: { id: program.keyId } }) : null,
  }),
)

builder.prismaObjectField('Collaboration', 'keys', (t) =>
  t.relatedConnection('keys', {
    cursor: 'id',
    totalCount: true,
    description: "The own party's API keys, latest first, also those that no longer hold.",
    query: (_args, { viewer }) => ({ where: readable(viewer), orderBy: [{ madeAt: 'desc' as const }, { id: 'desc' as const }] }),
  }),
)

const cursor = "The journal's position after the commit."
const Changed = builder.objectRef<{ id: string }>('KeyChanged').implement({
  description: 'The API key as it now is.',
  fields: (t) => ({
    key: t.prismaField({
      type: KeyRef,
      description: 'The key, after the commit.',
      resolve: (query, { id }, _, { transaction }) => transaction.apiKey.findUniqueOrThrow({ ...query, where: { id } }),
    }),
    cursor: t.field({ type: 'Cursor', description: cursor, resolve: (_root, _args, context) => cursorNow(context) }),
  }),
})
const Made = builder.objectRef<{ id: string; secret: string | null }>('KeyMade').implement({
  description: 'The API key as it was made, with what a program has to show.',
  fields: (t) => ({
    key: t.prismaField({
      type: KeyRef,
      description: 'The key, after the commit.',
      resolve: (query, { id }, _, { transaction }) => transaction.apiKey.findUniqueOrThrow({ ...query, where: { id } }),
    }),
    cursor: t.field({ type: 'Cursor', description: cursor, resolve: (_root, _args, context) => cursorNow(context) }),
    secret: t.exposeString('secret', {
      nullable: true,
      description:
        'What a program sends as `Authorization: Bearer …`, or as `key` in `connection_init`. Shown this once, and kept by nobody but whoever reads it now; null when the same act is repeated.',
    }),
  }),
})

const idempotency = 'A UUID minted by the client: the same key again gives the same answer and changes nothing.'
const MakeKeyInput = builder.inputType('MakeKeyInput', {
  description: 'A program that is to follow along for the own party.',
  fields: (t) => ({
    idempotencyKey: t.id({ description: idempotency }),
    id: t.id({ required: true, description: "A UUID minted by the client. The answer's id is derived from it and the party." }),
    name: t.string({ required: true, description: 'Which program it is for: one line, 1 to 100 characters.' }),
    days: t.int({
      defaultValue: USUAL_DAYS,
      description: `How long it holds, 1 to ${MOST_DAYS}: no key holds for ever.`,
    }),
  }),
})
const RevokeKeyInput = builder.inputType('RevokeKeyInput', {
  description: 'An API key that is to open nothing from now on.',
  fields: (t) => ({
    idempotencyKey: t.id({ description: idempotency }),
    id: t.id({ required: true, description: 'Id of ApiKey, of the own party.' }),
  }),
})

builder.mutationFields((t) => ({
  makeKey: t.field({
    type: Made,
    description: 'Gives a program a way in for the own party, to read. For those who look after its people.',
    errors: { types: FAILURES },
    authScopes: { seated: true },
    args: { input: t.arg({ type: MakeKeyInput, required: true, description: ASKED }) },
    resolve: async (_root, { input }, context) => {
      const check = new InputCheck()
      const terms = { id: check.minted('id', input.id), ...checkKey(check, { name: input.name, days: input.days ?? USUAL_DAYS }) }
      check.done()
      return context.act(() => context.keys.make(seated(context), actOf('makeKey', input), terms))
    },
  }),
  revokeKey: t.field({
    type: Changed,
    description: 'Takes an API key of the own party back: refused at the next request, silent at the next event.',
    errors: { types: FAILURES },
    authScopes: { seated: true },
    args: { input: t.arg({ type: RevokeKeyInput, required: true, description: ASKED }) },
    resolve: async (_root, { input }, context) => {
      const id = idOf('ApiKey', 'id', input.id)
      return context.act(async () => ({ id: await context.keys.revoke(seated(context), actOf('revokeKey', input), id) }))
    },
  }),
}))
