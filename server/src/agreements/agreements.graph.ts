import { ProposalState } from '@samsyn/prisma/client'
import { reads, readable } from '../access/reads.ts'
import { builder } from '../graph/builder.ts'
import { toGlobalId } from '../graph/globalId.ts'

/** How many clauses an agreement is taken to have, for the cost of asking for all of them. */
export const CLAUSES = 50

export const ProposalStateRef = builder.enumType('ProposalState', {
  description:
    'How far a proposal has come. DRAFT: its own party words it. OPEN: the signatories answer. INCORPORATED: a new version came of it. ' +
    'REJECTED: somebody said no, or nobody yes. WITHDRAWN: taken back. OVERTAKEN: agreed to, but what it touches had changed meanwhile.',
  values: Object.values(ProposalState),
})

builder.prismaNode('Agreement', {
  id: { field: 'id' },
  nullable: true,
  description: 'What the parties have agreed on, in versions. Read by signatories and associates; for a guest there is none.',
  select: { id: true, readers: true },
  authScopes: (agreement, { viewer }) => reads(viewer, agreement),
  fields: (t) => ({
    title: t.exposeString('title'),
    provenance: t.exposeString('provenance', { nullable: true }),
    version: t.exposeInt('version'),
    clauses: t.relation('clauses', {
      extensions: { size: CLAUSES },
      description: 'The clauses of the latest version, in reading order: each before those that stand under it.',
      query: (_args, { viewer }) => ({ where: { ...readable(viewer), removed: false }, orderBy: { position: 'asc' as const } }),
    }),
    formerClauses: t.relation('clauses', {
      extensions: { size: CLAUSES },
      description: 'Clauses that are in the latest version no more, in no promised order. Tasks and comments still name them.',
      query: (_args, { viewer }) => ({ where: { ...readable(viewer), removed: true }, orderBy: { id: 'asc' as const } }),
    }),
    latest: t.prismaField({
      type: 'AgreementVersion',
      nullable: true,
      description: 'The version made last, whatever its state; null before the first.',
      select: { id: true },
      resolve: (query, { id }, _, { viewer, transaction }) =>
        transaction.agreementVersion.findFirst({
          ...query,
          where: { AND: [{ agreementId: id }, readable(viewer)] },
          orderBy: { number: 'desc' },
        }),
    }),
    inForce: t.prismaField({
      type: 'AgreementVersion',
      nullable: true,
      description: 'The version that holds: the last one that all signatories have signed. Null until there is one.',
      select: { id: true },
      resolve: (query, { id }, _, { viewer, transaction }) =>
        transaction.agreementVersion.findFirst({
          ...query,
          where: { AND: [{ agreementId: id, state: 'IN_FORCE' }, readable(viewer)] },
        }),
    }),
    versions: t.relatedConnection('versions', {
      cursor: 'id',
      totalCount: true,
      description: 'Every version there has been, newest first.',
      query: (_args, { viewer }) => ({ where: readable(viewer), orderBy: { number: 'desc' as const } }),
    }),
    proposals: t.relatedConnection('proposals', {
      cursor: 'id',
      totalCount: true,
      description: "Proposals that the viewer's party can read: never opened ones of its own first, then the last opened.",
      args: { states: t.arg({ type: [ProposalStateRef], description: 'In any of these states; without them, in all.' }) },
      query: ({ states }, { viewer }) => ({
        where: { AND: [readable(viewer), states ? { state: { in: states } } : {}] },
        orderBy: [
          { openedAt: { sort: 'desc' as const, nulls: 'first' as const } },
          { createdAt: 'desc' as const },
          { id: 'desc' as const },
        ],
      }),
    }),
  }),
})

export const ClauseRef = builder.prismaNode('Clause', {
  id: { field: 'id' },
  nullable: true,
  description: "A clause of the agreement under its lasting id, with the latest version's words.",
  authScopes: (clause, { viewer }) => reads(viewer, clause),
  fields: (t) => ({
    agreement: t.relation('agreement', { description: 'The agreement in which it stands, or stood.' }),
    number: t.exposeString('number', { nullable: true }),
    depth: t.exposeInt('depth'),
    parentId: t.id({
      nullable: true,
      description: 'Global id of the clause it stands under; null at the top.',
      resolve: ({ parentId }) => parentId && toGlobalId('Clause', parentId),
    }),
    heading: t.exposeString('heading'),
    text: t.exposeString('text'),
    removed: t.exposeBoolean('removed'),
    version: t.exposeInt('version'),
  }),
})

builder.prismaObjectField('Collaboration', 'agreement', (t) =>
  t.relation('agreement', {
    nullable: true,
    description: 'The agreement that the parties work under. It exists from the opening; null for a guest, who does not read it.',
  }),
)
