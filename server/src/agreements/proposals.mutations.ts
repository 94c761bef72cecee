import { ASKED, actOf, idOf, seated } from '../graph/acts.ts'
import { builder } from '../graph/builder.ts'
import { FAILURES } from '../graph/failures.graph.ts'
import { fromGlobalId } from '../graph/globalId.ts'
import { InputCheck } from '../graph/input.ts'
import { cursorNow } from '../journal/changes.ts'
import { mintedId } from '../journal/mintedId.ts'
import { ChangeKindRef, PositionRef } from './proposals.graph.ts'
import type { WantedStep } from './steps.ts'

/** The doors of a proposal's verbs. */
const Changed = builder.objectRef<{ id: string }>('ProposalChanged').implement({
  description: 'The proposal as it now is.',
  fields: (t) => ({
    proposal: t.prismaField({
      type: 'Proposal',
      description: 'The proposal, after the commit; decided, if the answer was the last.',
      resolve: (query, { id }, _, { transaction }) => transaction.proposal.findUniqueOrThrow({ ...query, where: { id } }),
    }),
    cursor: t.field({
      type: 'Cursor',
      description: "The journal's position after the commit.",
      resolve: (_root, _args, context) => cursorNow(context),
    }),
  }),
})

const key = 'A UUID minted by the client: the same key again gives the same answer and changes nothing.'
const named = 'Id of Clause, or the UUID by which an earlier step of the same list adds it.'
const Step = builder.inputType('ClauseChangeInput', {
  description: 'One step of a proposal. What does not belong to its kind is ignored.',
  fields: (t) => ({
    kind: t.field({ type: ChangeKindRef, required: true, description: 'What the step is to do.' }),
    clause: t.id({
      required: true,
      description: `${named} For ADD: a UUID minted by the client, or the id that it got when saved.`,
    }),
    parent: t.id({ description: `ADD and MOVE: what to stand under; without it, at the top. ${named}` }),
    after: t.id({ description: `ADD and MOVE: what to stand after, under the same one; without it, first. ${named}` }),
    heading: t.string({ description: 'ADD: one line, 1 to 200 characters. CHANGE: the same; without it, it stays.' }),
    text: t.string({
      description: 'ADD and CHANGE: Markdown, at most 20,000 characters. Without it a CHANGE keeps what is there.',
    }),
  }),
})

const base = 'Id of AgreementVersion: what the steps are written against.'
const DraftProposalInput = builder.inputType('DraftProposalInput', {
  description: "A new proposal: the own party's until opened.",
  fields: (t) => ({
    idempotencyKey: t.id({ description: key }),
    id: t.id({ required: true, description: "A UUID minted by the client. The answer's id is derived from it and the party." }),
    base: t.id({ description: `${base} Without one, the latest.` }),
    title: t.string({ required: true, description: 'One line, 1 to 200 characters.' }),
    reason: t.string({
      required: true,
      description: 'Why, in Markdown: at most 10,000 characters. May be empty until it is opened.',
    }),
    changes: t.field({
      type: [Step],
      required: true,
      description: 'The steps in order, at most 200. May be none until it is opened.',
    }),
  }),
})
const EditProposalInput = builder.inputType('EditProposalInput', {
  description: "What is to change in a draft of the own party's; what is left out stays.",
  fields: (t) => ({
    idempotencyKey: t.id({ description: key }),
    id: t.id({ required: true, description: 'Id of Proposal: the draft to reword.' }),
    baseVersion: t.int({
      required: true,
      description:
        'The version of the proposal that the caller saw: if the same field has changed since, the answer is a Conflict.',
    }),
    base: t.id({ description: `${base} Without one, it stays.` }),
    title: t.string({ description: 'One line, 1 to 200 characters.' }),
    reason: t.string({ description: 'Why, in Markdown: at most 10,000 characters.' }),
    changes: t.field({ type: [Step], description: 'All steps in order, at most 200.' }),
  }),
})
const OpenProposalInput = builder.inputType('OpenProposalInput', {
  description: 'A draft to be put before the other parties.',
  fields: (t) => ({
    idempotencyKey: t.id({ description: key }),
    id: t.id({ required: true, description: 'Id of Proposal: the draft to open. It needs a reason and at least one step.' }),
    baseVersion: t.int({
      description: 'The version that the caller saw: if it has been reworded since, the answer is a Conflict.',
    }),
  }),
})
const WithdrawProposalInput = builder.inputType('WithdrawProposalInput', {
  description: "A proposal of the own party's to be taken back.",
  fields: (t) => ({
    idempotencyKey: t.id({ description: key }),
    id: t.id({ required: true, description: 'Id of Proposal: a draft, or one that is open.' }),
  }),
})
const AnswerProposalInput = builder.inputType('AnswerProposalInput', {
  description: 'What the own party says to a proposal.',
  fields: (t) => ({
    idempotencyKey: t.id({ description: key }),
    id: t.id({ required: true, description: 'Id of Proposal: the open one that is answered.' }),
    baseVersion: t.int({
      description: 'The version that the caller saw: if the own party has answered otherwise since, the answer is a Conflict.',
    }),
    position: t.field({ type: PositionRef, required: true, description: 'What the party says.' }),
    reason: t.string({ description: 'Why, in Markdown: at most 10,000 characters. A NO needs one.' }),
  }),
})

/** A clause by its global id, or by an id that the caller's party has minted. */
const clauseOf = (context: Parameters<typeof seated>[0], check: InputCheck, field: string, id: string) => {
  const known = fromGlobalId('Clause', id)
  return known === undefined
    ? { clause: mintedId(seated(context), check.minted(field, id)), minted: true }
    : { clause: known, minted: false }
}

const checkSteps = (
  context: Parameters<typeof seated>[0],
  check: InputCheck,
  steps: readonly (typeof Step.$inferInput)[],
): WantedStep[] => {
  check.require('changes', steps.length <= MOST_STEPS, 'TOO_MANY')
  return steps.slice(0, MOST_STEPS).map(({ kind, clause, parent, after, heading, text }, index) => {
    const at = (field: string) => `changes.${index}.${field}`
    const places = kind === 'ADD' || kind === 'MOVE'
    const words = kind === 'ADD' || kind === 'CHANGE'
    const place = (field: string, id: string | null | undefined) =>
      places && typeof id === 'string' ? clauseOf(context, check, at(field), id).clause : null
    if (kind === 'ADD') check.require(at('heading'), typeof heading === 'string', 'EMPTY')
    if (kind === 'CHANGE') check.require(at('text'), typeof heading === 'string' || typeof text === 'string', 'EMPTY')
    return {
      kind,
      ...clauseOf(context, check, at('clause'), clause),
      parent: place('parent', parent),
      after: place('after', after),
      heading: words && typeof heading === 'string' ? check.text(at('heading'), heading, { least: 1, most: 200 }) : null,
      text: words && typeof text === 'string' ? check.text(at('text'), text, { most: 20_000, lines: true }) : null,
    }
  })
}

const MOST_STEPS = 200
const checkTitle = (check: InputCheck, title: string) => check.text('title', title, { least: 1, most: 200 })
const checkReason = (check: InputCheck, reason: string, least = 0) =>
  check.text('reason', reason, { least, most: 10_000, lines: true })

builder.mutationFields((t) => ({
  draftProposal: t.field({
    type: Changed,
    description: "Writes down a proposal as the own party's draft. For signatories.",
    errors: { types: FAILURES },
    authScopes: { seated: true },
    args: { input: t.arg({ type: DraftProposalInput, required: true, description: ASKED }) },
    resolve: async (_root, { input }, context) => {
      const check = new InputCheck()
      const proposal = {
        id: check.minted('id', input.id),
        title: checkTitle(check, input.title),
        reason: checkReason(check, input.reason),
        changes: checkSteps(context, check, input.changes),
        ...(typeof input.base === 'string' && { base: idOf('AgreementVersion', 'base', input.base) }),
      }
      check.done()
      return context.act(async () => ({
        id: await context.proposals.draft(seated(context), actOf('draftProposal', input), proposal),
      }))
    },
  }),
  editProposal: t.field({
    type: Changed,
    description: "Rewords a draft of the own party's.",
    errors: { types: FAILURES },
    authScopes: { seated: true },
    args: { input: t.arg({ type: EditProposalInput, required: true, description: ASKED }) },
    resolve: async (_root, { input }, context) => {
      const check = new InputCheck()
      const wanted = {
        ...(typeof input.title === 'string' && { title: checkTitle(check, input.title) }),
        ...(typeof input.reason === 'string' && { reason: checkReason(check, input.reason) }),
        ...(input.changes && { changes: checkSteps(context, check, input.changes) }),
        ...(typeof input.base === 'string' && { base: idOf('AgreementVersion', 'base', input.base) }),
      }
      check.done()
      const id = idOf('Proposal', 'id', input.id)
      return context.act(async () => ({
        id: await context.proposals.edit(seated(context), actOf('editProposal', input), id, input.baseVersion, wanted),
      }))
    },
  }),
  openProposal: t.field({
    type: Changed,
    description:
      'Puts a draft before all parties, who get a received record of it: it cannot be reworded after that, only withdrawn. For coordinators of signatories.',
    errors: { types: FAILURES },
    authScopes: { seated: true },
    args: { input: t.arg({ type: OpenProposalInput, required: true, description: ASKED }) },
    resolve: async (_root, { input }, context) => {
      const id = idOf('Proposal', 'id', input.id)
      return context.act(async () => ({
        id: await context.proposals.open(seated(context), actOf('openProposal', input), id, input.baseVersion ?? undefined),
      }))
    },
  }),
  withdrawProposal: t.field({
    type: Changed,
    description: "Takes a proposal of the own party's back. That it was made stays visible to those who could read it.",
    errors: { types: FAILURES },
    authScopes: { seated: true },
    args: { input: t.arg({ type: WithdrawProposalInput, required: true, description: ASKED }) },
    resolve: async (_root, { input }, context) => {
      const id = idOf('Proposal', 'id', input.id)
      return context.act(async () => ({
        id: await context.proposals.withdraw(seated(context), actOf('withdrawProposal', input), id),
      }))
    },
  }),
  answerProposal: t.field({
    type: Changed,
    description:
      'Says what the own party thinks of an open proposal, by a mandate to vote. The last signatory to answer decides it: incorporated into a new version, rejected, or overtaken.',
    errors: { types: FAILURES },
    authScopes: { seated: true },
    args: { input: t.arg({ type: AnswerProposalInput, required: true, description: ASKED }) },
    resolve: async (_root, { input }, context) => {
      const check = new InputCheck()
      const reason = checkReason(check, input.reason ?? '', input.position === 'NO' ? 1 : 0)
      check.done()
      const said = { position: input.position, reason: reason.trim() === '' ? null : reason }
      const id = idOf('Proposal', 'id', input.id)
      return context.act(async () => ({
        id: await context.proposals.answer(
          seated(context),
          actOf('answerProposal', input),
          id,
          input.baseVersion ?? undefined,
          said,
        ),
      }))
    },
  }),
}))
