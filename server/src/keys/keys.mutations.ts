import { SLICES } from '../access/slices.ts'
import { ASKED, actOf, idOf, seated } from '../graph/acts.ts'
import { builder } from '../graph/builder.ts'
import { FAILURES } from '../graph/failures.graph.ts'
import { InputCheck } from '../graph/input.ts'
import { cursorNow } from '../journal/changes.ts'
import type { Shown } from '../journal/work.ts'
import { KeyRef, SliceRef } from './keys.graph.ts'
import { checkKey, checkRotation, MOST_DAYS, MOST_OVERLAP_HOURS, USUAL_DAYS, USUAL_OVERLAP_HOURS } from './keys.service.ts'

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
const opened = (name: string, description: string) =>
  builder.objectRef<Shown>(name).implement({
    description,
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
const Made = opened('KeyMade', 'The API key as it was made, with what a program has to show.')
const Rotated = opened('KeyRotated', 'The API key as it now is, with what a program has to show from now on.')

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
    slices: t.field({
      type: [SliceRef],
      defaultValue: [...SLICES],
      description:
        'What it is to read, of what the party may read; all unless said. It stays so: for something else another key is made.',
    }),
  }),
})
const RotateKeyInput = builder.inputType('RotateKeyInput', {
  description: 'An API key that is to be opened by another secret.',
  fields: (t) => ({
    idempotencyKey: t.id({ description: idempotency }),
    id: t.id({ required: true, description: 'Id of ApiKey, of the own party, which still holds.' }),
    overlapHours: t.int({
      defaultValue: USUAL_OVERLAP_HOURS,
      description: `How long the secret that it has now goes on opening it, 0 to ${MOST_OVERLAP_HOURS}.`,
    }),
    days: t.int({
      description: `How long it holds from now on, 1 to ${MOST_DAYS}; without, for as long as it would have.`,
    }),
  }),
})
const named = (name: string, description: string) =>
  builder.inputType(name, {
    description,
    fields: (t) => ({
      idempotencyKey: t.id({ description: idempotency }),
      id: t.id({ required: true, description: 'Id of ApiKey, of the own party.' }),
    }),
  })
const EndFormerKeyInput = named('EndFormerKeyInput', 'An API key that is to be opened by its latest secret alone from now on.')
const RevokeKeyInput = named('RevokeKeyInput', 'An API key that is to open nothing from now on.')

builder.mutationFields((t) => ({
  makeKey: t.field({
    type: Made,
    description: 'Gives a program a way in for the own party, to read. For those who look after its people.',
    errors: { types: FAILURES },
    authScopes: { seated: true },
    args: { input: t.arg({ type: MakeKeyInput, required: true, description: ASKED }) },
    resolve: async (_root, { input }, context) => {
      const check = new InputCheck()
      const { name, days, slices } = input
      const wish = { name, days: days ?? USUAL_DAYS, slices: slices ?? SLICES }
      const terms = { id: check.minted('id', input.id), ...checkKey(check, wish) }
      check.done()
      return context.act(() => context.keys.make(seated(context), actOf('makeKey', input), terms))
    },
  }),
  rotateKey: t.field({
    type: Rotated,
    description:
      'Gives an API key of the own party another secret. It stays the same key, and the secret before goes on opening it for as long as is said; one before that opens nothing any more.',
    errors: { types: FAILURES },
    authScopes: { seated: true },
    args: { input: t.arg({ type: RotateKeyInput, required: true, description: ASKED }) },
    resolve: async (_root, { input }, context) => {
      const check = new InputCheck()
      const { overlapHours, days } = input
      const rotation = checkRotation(check, { overlapHours: overlapHours ?? USUAL_OVERLAP_HOURS, days: days ?? undefined })
      check.done()
      const id = idOf('ApiKey', 'id', input.id)
      return context.act(() => context.keys.rotate(seated(context), actOf('rotateKey', input), id, rotation))
    },
  }),
  endFormerKey: t.field({
    type: Changed,
    description: 'Ends the secret that an API key of the own party had before, ahead of its time: refused as a revoked key is.',
    errors: { types: FAILURES },
    authScopes: { seated: true },
    args: { input: t.arg({ type: EndFormerKeyInput, required: true, description: ASKED }) },
    resolve: async (_root, { input }, context) => {
      const id = idOf('ApiKey', 'id', input.id)
      return context.act(async () => ({ id: await context.keys.endFormer(seated(context), actOf('endFormerKey', input), id) }))
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
