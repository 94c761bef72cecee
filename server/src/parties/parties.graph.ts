import { OrganisationKind, PartyRole } from '@samsyn/prisma/client'
import { reads } from '../access/reads.ts'
import { builder } from '../graph/builder.ts'

const Kind = builder.enumType('OrganisationKind', {
  description: 'What an organisation is: a municipality, a police district, a region, or a firm.',
  values: Object.values(OrganisationKind),
})
const Role = builder.enumType('PartyRole', {
  description:
    'How a party takes part. SIGNATORY signs the agreement; ASSOCIATE reads what is joint but does not sign; GUEST reads only what is shared with it by name.',
  values: Object.values(PartyRole),
})

builder.prismaNode('Organisation', {
  id: { field: 'id' },
  nullable: true,
  description: 'An authority or firm in the world. It may hold seats in several collaborations.',
  select: { id: true, readers: true },
  authScopes: (organisation, { viewer }) => reads(viewer, organisation),
  fields: (t) => ({
    name: t.exposeString('name'),
    kind: t.expose('kind', { type: Kind }),
    municipalityCode: t.exposeString('municipalityCode', { nullable: true }),
  }),
})

export const PartyRef = builder.prismaNode('Party', {
  id: { field: 'id' },
  nullable: true,
  description: "An organisation's seat at the table of one collaboration. What a member may read depends on the party alone.",
  authScopes: (party, { viewer }) => reads(viewer, party),
  fields: (t) => ({
    name: t.exposeString('name'),
    mark: t.exposeString('mark'),
    ordinal: t.exposeInt('ordinal'),
    role: t.expose('role', { type: Role }),
    organisation: t.relation('organisation', { description: 'The organisation that holds the seat.' }),
    admittedAt: t.expose('admittedAt', { type: 'DateTime' }),
    leftAt: t.expose('leftAt', { type: 'DateTime', nullable: true }),
  }),
})

builder.prismaNode('Collaboration', {
  id: { field: 'id' },
  nullable: true,
  description: 'One agreement and those who work under it. Nobody is its host.',
  select: { id: true, readers: true },
  authScopes: (collaboration, { viewer }) => reads(viewer, collaboration),
  fields: (t) => ({
    slug: t.exposeString('slug'),
    name: t.exposeString('name'),
    purpose: t.exposeString('purpose'),
    timeZone: t.exposeString('timeZone'),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    parties: t.relation('parties', { description: 'All parties, in seat order.', query: { orderBy: { ordinal: 'asc' } } }),
  }),
})

builder.queryFields((t) => ({
  collaboration: t.prismaField({
    type: 'Collaboration',
    nullable: true,
    description: 'The collaboration that the request names; null without a seat in it.',
    resolve: (query, _root, _args, { viewer, transaction }) =>
      viewer ? transaction.collaboration.findUnique({ ...query, where: { id: viewer.collaborationId } }) : null,
  }),
}))
