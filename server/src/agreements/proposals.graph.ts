import { Position } from '@samsyn/prisma/client'
import { reads, readable } from '../access/reads.ts'
import { builder } from '../graph/builder.ts'
import { toGlobalId } from '../graph/globalId.ts'
import { found, MemberRef } from '../members/members.graph.ts'
import { PartyRef } from '../parties/parties.graph.ts'
import { CLAUSES, ProposalStateRef } from './agreements.graph.ts'
import { compare } from './compare.ts'
import { ComparisonRef } from './comparison.graph.ts'
import { textOf } from './seat.ts'
import { awaiting } from './signatories.graph.ts'
import { stepsOf } from './steps.ts'
import { applySteps, placed, type Step } from './text.ts'

export const PositionRef = builder.enumType('Position', {
  description:
    'What a party says to a proposal. YES: agrees. NO: stands against it, with a reason. ABSTAIN: leaves it to the others.',
  values: Object.values(Position),
})
export const ChangeKindRef = builder.enumType('ClauseChangeKind', {
  description:
    'What a step does. CHANGE: new words. ADD: a new clause. MOVE: another place, with all that stands under it. REMOVE: takes it away, with all that stands under it.',
  values: ['ADD', 'CHANGE', 'MOVE', 'REMOVE'] as const,
})

const clauseId = (id: string | null) => id && toGlobalId('Clause', id)
const Change = builder.objectRef<Step>('ClauseChange').implement({
  description: 'One step of a proposal. Steps are taken in order, each on what those before it made.',
  fields: (t) => ({
    kind: t.field({ type: ChangeKindRef, description: 'What the step does.', resolve: ({ kind }) => kind }),
    clauseId: t.id({
      description: 'Global id of the clause it is about; of ADD, the id that the clause will have.',
      resolve: ({ clause }) => toGlobalId('Clause', clause),
    }),
    parentId: t.id({
      nullable: true,
      description: 'ADD and MOVE: global id of the clause to stand under; null at the top.',
      resolve: ({ parent }) => clauseId(parent),
    }),
    afterId: t.id({
      nullable: true,
      description: 'ADD and MOVE: global id of the clause to stand after, under the same one; null for first.',
      resolve: ({ after }) => clauseId(after),
    }),
    heading: t.exposeString('heading', {
      nullable: true,
      description: 'ADD and CHANGE: the new line; null in a CHANGE that keeps it.',
    }),
    text: t.exposeString('text', {
      nullable: true,
      description: 'ADD and CHANGE: the new Markdown; null in a CHANGE that keeps it.',
    }),
  }),
})

builder.prismaNode('Answer', {
  id: { field: 'id' },
  nullable: true,
  description: 'What one signatory says to a proposal. It may be changed as long as the proposal is open.',
  select: { id: true, readers: true },
  authScopes: (answer, { viewer }) => reads(viewer, answer),
  fields: (t) => ({
    party: t.field({
      type: PartyRef,
      description: 'The signatory that says so.',
      select: { partyId: true },
      resolve: async ({ partyId }, _, { load }) => found(await load.party.load(partyId)),
    }),
    member: t.field({
      type: MemberRef,
      description: 'Who said it last for the party, by mandate.',
      select: { memberId: true },
      resolve: async ({ memberId }, _, { load }) => found(await load.member.load(memberId)),
    }),
    position: t.expose('position', { type: PositionRef }),
    reason: t.exposeString('reason', { nullable: true }),
    answeredAt: t.expose('answeredAt', { type: 'DateTime', description: 'When it was said, or last said otherwise.' }),
  }),
})

builder.prismaNode('Proposal', {
  id: { field: 'id' },
  nullable: true,
  description: 'A wish to change the agreement, as steps from one version of it. A draft is read by its own party alone.',
  select: { id: true, readers: true },
  authScopes: (proposal, { viewer }) => reads(viewer, proposal),
  fields: (t) => ({
    agreement: t.relation('agreement', { description: 'What it would change.' }),
    title: t.exposeString('title'),
    reason: t.exposeString('reason'),
    state: t.expose('state', { type: ProposalStateRef }),
    party: t.field({
      type: PartyRef,
      description: 'The signatory that proposes.',
      select: { partyId: true },
      resolve: async ({ partyId }, _, { load }) => found(await load.party.load(partyId)),
    }),
    author: t.field({
      type: MemberRef,
      description: 'Who wrote it down first.',
      select: { authorId: true },
      resolve: async ({ authorId }, _, { load }) => found(await load.member.load(authorId)),
    }),
    base: t.relation('base', {
      nullable: true,
      description: 'The version that it is written against; null before there was any.',
    }),
    result: t.relation('result', { nullable: true, description: 'The version that came of it, once INCORPORATED.' }),
    changes: t.field({
      type: [Change],
      description: 'The steps from the base, in order.',
      select: { changes: true },
      resolve: (proposal) => stepsOf(proposal),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was first drafted.' }),
    openedAt: t.expose('openedAt', { type: 'DateTime', nullable: true }),
    decidedAt: t.expose('decidedAt', { type: 'DateTime', nullable: true }),
    version: t.exposeInt('version'),
    answers: t.relation('answers', {
      description: 'What the signatories have said, in seat order.',
      query: (_args, { viewer }) => ({ where: readable(viewer), orderBy: { party: { ordinal: 'asc' as const } } }),
    }),
    awaiting: t.field({
      type: [PartyRef],
      description: 'Signatories that have not answered, in seat order; none unless OPEN.',
      select: { state: true, answers: { select: { partyId: true } } },
      resolve: ({ state, answers }, _, context) => (state === 'OPEN' ? awaiting(context, answers) : []),
    }),
    comparison: t.field({
      type: [ComparisonRef],
      extensions: { size: CLAUSES },
      description: 'The base beside what the steps make of it: the whole agreement, in its new order.',
      select: { baseId: true, changes: true },
      resolve: async (proposal, _, { transaction }) => {
        const base = await textOf({ transaction }, proposal.baseId)
        const made = applySteps(base, stepsOf(proposal))
        if (!Array.isArray(made)) throw new Error('a proposal that does not fit its own base')
        return compare(base, placed(made))
      },
    }),
  }),
})
