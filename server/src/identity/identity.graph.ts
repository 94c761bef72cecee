import { reads } from '../access/reads.ts'
import { builder, MOST_PER_PAGE } from '../graph/builder.ts'
import type { Session } from './sessions.ts'

interface Seat {
  readonly collaboration_id: string
  readonly slug: string
  readonly collaboration_name: string
  readonly party_name: string
  readonly member_id: string
}

const SeatRef = builder.objectRef<Seat>('Seat').implement({
  description: 'Personal. A seat of the signed-in person, told without a collaboration being named.',
  fields: (t) => ({
    collaborationId: t.id({
      description: 'Where the seat is: a plain UUID, no global id.',
      resolve: (seat) => seat.collaboration_id,
    }),
    slug: t.exposeString('slug', {
      description: 'Names the collaboration in addresses and in the header `samsyn-collaboration`.',
    }),
    collaborationName: t.string({
      description: 'Where the seat is, in full, as people say it.',
      resolve: (seat) => seat.collaboration_name,
    }),
    partyName: t.string({
      description: 'The organisation in whose name the viewer sits there, as it is called among the parties.',
      resolve: (seat) => seat.party_name,
    }),
    memberId: t.id({ description: 'The viewer in that seat: a plain UUID, no global id.', resolve: (seat) => seat.member_id }),
  }),
})

builder.prismaNode('Person', {
  id: { field: 'id' },
  nullable: true,
  description: 'A human being who signs in. Others see the member; the person is known to the own party only.',
  select: { id: true, readers: true },
  authScopes: (person, { viewer }) => reads(viewer, person),
  fields: (t) => ({
    name: t.exposeString('name'),
    email: t.exposeString('email'),
    locale: t.exposeString('locale'),
  }),
})

export const ViewerRef = builder.objectRef<Session>('Viewer').implement({
  description:
    'Personal. Who is signed in, and in which seat: it differs between members of one party and is never shared between them.',
  fields: (t) => ({
    person: t.prismaField({
      type: 'Person',
      nullable: true,
      description: 'The person; null when no collaboration is named.',
      resolve: (query, session, _args, { transaction, viewer }) =>
        viewer ? transaction.person.findUnique({ ...query, where: { id: session.personId } }) : null,
    }),
    member: t.prismaField({
      type: 'Member',
      nullable: true,
      description: 'The seat in the named collaboration; null without one.',
      resolve: (query, _session, _args, { transaction, viewer }) =>
        viewer ? transaction.member.findUnique({ ...query, where: { id: viewer.memberId } }) : null,
    }),
    party: t.prismaField({
      type: 'Party',
      nullable: true,
      description: 'In whose name the viewer acts; null without a seat.',
      resolve: (query, _session, _args, { transaction, viewer }) =>
        viewer ? transaction.party.findUnique({ ...query, where: { id: viewer.partyId } }) : null,
    }),
    seats: t.field({
      type: [SeatRef],
      description: 'Every seat that the person holds, by name of the collaboration.',
      resolve: ({ personId }, _args, { transaction }) =>
        transaction.$queryRaw<Seat[]>`select * from seats_of(${personId}::uuid) limit ${MOST_PER_PAGE}`,
    }),
  }),
})

builder.queryFields((t) => ({
  viewer: t.field({
    type: ViewerRef,
    nullable: true,
    description: 'Who is signed in; null when nobody is.',
    resolve: (_root, _args, { session }) => session ?? null,
  }),
  collaborations: t.field({
    type: [SeatRef],
    description: 'The collaborations in which the signed-in person has a seat; none when nobody is signed in.',
    resolve: (_root, _args, { session, transaction }) =>
      session ? transaction.$queryRaw<Seat[]>`select * from seats_of(${session.personId}::uuid) limit ${MOST_PER_PAGE}` : [],
  }),
}))
