import { VersionState } from '@samsyn/prisma/client'
import { reads, readable } from '../access/reads.ts'
import { builder } from '../graph/builder.ts'
import { fromGlobalId, toGlobalId } from '../graph/globalId.ts'
import { found, MemberRef } from '../members/members.graph.ts'
import { PartyRef } from '../parties/parties.graph.ts'
import { ClauseRef, CLAUSES } from './agreements.graph.ts'
import { compare } from './compare.ts'
import { ComparisonRef } from './comparison.graph.ts'
import { textOf } from './seat.ts'
import { awaiting } from './signatories.graph.ts'

const State = builder.enumType('VersionState', {
  description:
    'How a version stands. AWAITING_SIGNATURES: not yet signed by every signatory. IN_FORCE: signed by all, this is what holds. ' +
    'SUPERSEDED: held until a later one was signed by all. LAPSED: a later one was made before all had signed.',
  values: Object.values(VersionState),
})

builder.prismaObject('VersionClause', {
  description: 'A clause as one version has it. Never changes.',
  select: { readers: true },
  authScopes: (clause, { viewer }) => reads(viewer, clause),
  fields: (t) => ({
    clause: t.relation('clause', { type: ClauseRef, description: 'The clause under its lasting id, with the latest words.' }),
    parentId: t.id({
      nullable: true,
      description: 'Global id of the clause it stands under in this version; null at the top.',
      select: { parentId: true },
      resolve: ({ parentId }) => parentId && toGlobalId('Clause', parentId),
    }),
    number: t.exposeString('number'),
    depth: t.exposeInt('depth'),
    heading: t.exposeString('heading'),
    text: t.exposeString('text'),
  }),
})

builder.prismaNode('Signature', {
  id: { field: 'id' },
  nullable: true,
  description: "A party's yes to exactly one text. Written once, never taken back.",
  select: { id: true, readers: true },
  authScopes: (signature, { viewer }) => reads(viewer, signature),
  fields: (t) => ({
    party: t.field({
      type: PartyRef,
      description: 'The signatory that is bound by it.',
      select: { partyId: true },
      resolve: async ({ partyId }, _, { load }) => found(await load.party.load(partyId)),
    }),
    member: t.field({
      type: MemberRef,
      description: 'Who signed for the party, by mandate.',
      select: { memberId: true },
      resolve: async ({ memberId }, _, { load }) => found(await load.member.load(memberId)),
    }),
    hash: t.exposeString('hash'),
    signedAt: t.expose('signedAt', { type: 'DateTime', description: 'When it was signed, by the hub’s clock.' }),
  }),
})

builder.prismaNode('AgreementVersion', {
  id: { field: 'id' },
  nullable: true,
  description: 'The agreement as it stood at one time. What it says never changes; only how it stands does.',
  select: { id: true, readers: true },
  authScopes: (version, { viewer }) => reads(viewer, version),
  fields: (t) => ({
    agreement: t.relation('agreement', { description: 'The agreement that said so at that time, or came to.' }),
    number: t.exposeInt('number'),
    state: t.expose('state', { type: State }),
    title: t.exposeString('title'),
    hash: t.exposeString('hash', {
      description:
        'What is signed: hex SHA-256 of the canonical form (RFC 8785) of {agreement, number, title, clauses: [{id, parent, number, heading, text}]}, ' +
        'clauses in reading order, ids as the UUIDs inside the global ids, parent null at the top.',
    }),
    madeAt: t.expose('madeAt', { type: 'DateTime', description: 'When its proposal was incorporated.' }),
    inForceAt: t.expose('inForceAt', { type: 'DateTime', nullable: true }),
    endedAt: t.expose('endedAt', { type: 'DateTime', nullable: true }),
    version: t.exposeInt('version'),
    proposal: t.relation('proposal', {
      nullable: true,
      description: 'The proposal that it came of; null for a first version that was planted.',
    }),
    clauses: t.relation('clauses', {
      extensions: { size: CLAUSES },
      description: 'What it says, clause by clause in reading order.',
      query: (_args, { viewer }) => ({ where: ofReaders(viewer), orderBy: { position: 'asc' as const } }),
    }),
    signatures: t.relation('signatures', {
      description: 'Those who have signed, in the order of time.',
      query: (_args, { viewer }) => ({
        where: readable(viewer),
        orderBy: [{ signedAt: 'asc' as const }, { id: 'asc' as const }],
      }),
    }),
    awaiting: t.field({
      type: [PartyRef],
      description: 'Signatories that have not signed, in seat order; none unless AWAITING_SIGNATURES.',
      select: { state: true, collaborationId: true, signatures: { select: { partyId: true } } },
      resolve: ({ state, signatures }, _, context) => (state === 'AWAITING_SIGNATURES' ? awaiting(context, signatures) : []),
    }),
    compare: t.field({
      type: [ComparisonRef],
      description:
        'This version beside another one of the same agreement, in the order of the other. Nothing for an id that names none.',
      args: { to: t.arg.id({ required: true, description: 'Id of AgreementVersion: the text to compare with.' }) },
      select: { id: true, agreementId: true },
      resolve: async ({ id, agreementId }, { to }, { viewer, transaction }) => {
        const other = fromGlobalId('AgreementVersion', to)
        const version = other && (await transaction.agreementVersion.findUnique({ where: { id: other } }))
        if (!version || !reads(viewer, version) || version.agreementId !== agreementId) return []
        return compare(await textOf({ transaction }, id), await textOf({ transaction }, version.id))
      },
    }),
  }),
})

/** `readable` for rows that have no id of their own. */
const ofReaders = (viewer: Parameters<typeof readable>[0]) => ({ readers: { hasSome: viewer ? [viewer.partyId] : [] } })
