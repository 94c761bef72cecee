import { ASKED, actOf, seated } from '../graph/acts.ts'
import { builder } from '../graph/builder.ts'
import { FAILURES } from '../graph/failures.graph.ts'
import { ViewerRef } from '../identity/identity.graph.ts'
import { lastVisit } from './visits.service.ts'

builder.objectField(ViewerRef, 'lastVisit', (t) =>
  t.field({
    type: 'DateTime',
    nullable: true,
    description:
      'When the visit before this one ended: what came after is new to the viewer. Null for whoever was never here before, and for a program.',
    resolve: (_viewer, _args, { transaction, viewer }) => lastVisit(transaction, viewer),
  }),
)

const Noted = builder.objectRef<{ id: string }>('VisitNoted').implement({
  description: 'Personal. That the viewer is here is known.',
  fields: (t) => ({
    lastVisit: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the visit before this one ended; null for whoever was never here before.',
      resolve: (_noted, _args, { transaction, viewer }) => lastVisit(transaction, viewer),
    }),
  }),
})

const NoteVisitInput = builder.inputType('NoteVisitInput', {
  description: 'A sign of life from the viewer. Nothing needs to be said with it.',
  fields: (t) => ({
    idempotencyKey: t.id({
      description: 'A UUID minted by the client: the same key again is the same sign. Signs may be repeated without one too.',
    }),
  }),
})

builder.mutationFields((t) => ({
  noteVisit: t.field({
    type: Noted,
    description:
      'Says that the viewer is here. More than half an hour after the last sign a new visit begins. Others are not told, and the journal is not.',
    errors: { types: FAILURES },
    authScopes: { seated: true },
    args: { input: t.arg({ type: NoteVisitInput, required: true, description: ASKED }) },
    resolve: (_root, { input }, context) =>
      context.act(async () => ({ id: await context.visits.note(seated(context), actOf('noteVisit', input)) })),
  }),
}))
