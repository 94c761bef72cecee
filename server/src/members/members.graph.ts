import { MandateKind, MemberRole } from '@samsyn/prisma/client'
import { reads, readable } from '../access/reads.ts'
import { ASKED, actOf, idOf, seated } from '../graph/acts.ts'
import { builder } from '../graph/builder.ts'
import { FAILURES, FieldConflictRef } from '../graph/failures.graph.ts'
import { InputCheck } from '../graph/input.ts'
import { cursorNow } from '../journal/changes.ts'
import { PartyRef } from '../parties/parties.graph.ts'
import type { MandateTerms } from './members.service.ts'

const Role = builder.enumType('MemberRole', {
  description:
    'What a member may do beside reading. COORDINATOR writes, shares and archives; CONTRIBUTOR writes; OBSERVER reads; ADMIN looks after the people of the own party.',
  values: Object.values(MemberRole),
})
const Kind = builder.enumType('MandateKind', {
  description: "An act for which a role is not enough: to sign a version of the agreement, to cast the party's vote.",
  values: Object.values(MandateKind),
})

builder.prismaNode('Mandate', {
  id: { field: 'id' },
  nullable: true,
  description: 'A dated power to act for the party.',
  select: { id: true, readers: true },
  authScopes: (mandate, { viewer }) => reads(viewer, mandate),
  fields: (t) => ({
    kind: t.expose('kind', { type: Kind }),
    validFrom: t.expose('validFrom', { type: 'Date' }),
    validTo: t.expose('validTo', { type: 'Date', nullable: true }),
  }),
})

export const MemberRef = builder.prismaNode('Member', {
  id: { field: 'id' },
  nullable: true,
  description: "A person's seat in a party, as all parties see it.",
  authScopes: (member, { viewer }) => reads(viewer, member),
  fields: (t) => ({
    name: t.exposeString('name'),
    title: t.exposeString('title'),
    roles: t.expose('roles', { type: [Role] }),
    mandates: t.relation('mandates', {
      description: 'What the member may do for the party, oldest first.',
      query: { orderBy: [{ kind: 'asc' }, { validFrom: 'asc' }] },
    }),
    party: t.field({
      type: PartyRef,
      description: 'The party in which the seat is.',
      resolve: async ({ partyId }, _, { load }) => found(await load.party.load(partyId)),
    }),
    email: t.string({
      nullable: true,
      description: "Address used to sign in. Told only to the person's own party; null for others.",
      resolve: async ({ partyId, personId }, _, { viewer, transaction }) => {
        if (partyId !== viewer?.partyId) return null
        // Whose seat was taken back is the party's to name no more: the person has readers of their own.
        const person = await transaction.person.findUnique({ where: { id: personId } })
        return person && reads(viewer, person) ? person.email : null
      },
    }),
    version: t.exposeInt('version'),
    invitedAt: t.expose('invitedAt', { type: 'DateTime' }),
    joinedAt: t.expose('joinedAt', { type: 'DateTime', nullable: true }),
    removedAt: t.expose('removedAt', { type: 'DateTime', nullable: true }),
  }),
})

/** A row that a foreign key promises and the viewer may read. */
export const found = <T>(row: T | undefined): T => {
  if (row === undefined) throw new Error('a row that is referred to cannot be read')
  return row
}

builder.objectField(FieldConflictRef, 'actor', (t) =>
  t.field({
    type: MemberRef,
    nullable: true,
    description: 'Who changed it last.',
    resolve: async ({ actorId }, _, { load }) => (actorId ? ((await load.member.load(actorId)) ?? null) : null),
  }),
)

builder.prismaObjectField('Collaboration', 'members', (t) =>
  t.relatedConnection('members', {
    cursor: 'id',
    totalCount: true,
    description: 'Those who hold a seat, by party and name. Those who held one come too when asked for.',
    args: { removed: t.arg.boolean({ defaultValue: false, description: 'Whether removed members come too.' }) },
    query: ({ removed }, { viewer }) => ({
      where: { ...readable(viewer), ...(removed ? {} : { removedAt: null }) },
      orderBy: [{ party: { ordinal: 'asc' as const } }, { name: 'asc' as const }, { id: 'asc' as const }],
    }),
  }),
)

const Changed = builder.objectRef<{ id: string }>('MemberChanged').implement({
  description: 'The member as it now is.',
  fields: (t) => ({
    member: t.prismaField({
      type: 'Member',
      description: 'The member, after the commit.',
      resolve: (query, { id }, _, { transaction }) => transaction.member.findUniqueOrThrow({ ...query, where: { id } }),
    }),
    cursor: t.field({
      type: 'Cursor',
      description: "The journal's position after the commit.",
      resolve: (_root, _args, context) => cursorNow(context),
    }),
  }),
})
const Invited = builder.objectRef<{ id: string; invitationUrl: string }>('MemberInvited').implement({
  description: 'The member as invited, with the link to pass on.',
  fields: (t) => ({
    member: t.prismaField({
      type: 'Member',
      description: 'The member, after the commit.',
      resolve: (query, { id }, _, { transaction }) => transaction.member.findUniqueOrThrow({ ...query, where: { id } }),
    }),
    cursor: t.field({
      type: 'Cursor',
      description: "The journal's position after the commit.",
      resolve: (_root, _args, context) => cursorNow(context),
    }),
    invitationUrl: t.exposeString('invitationUrl', {
      description: 'Address by which the invited person takes the seat: shown once, valid for 14 days.',
    }),
  }),
})

const key = 'A UUID minted by the client: the same key again gives the same answer and changes nothing.'
const MandateInput = builder.inputType('MandateInput', {
  description: 'A dated power to act for the party.',
  fields: (t) => ({
    kind: t.field({ type: Kind, required: true, description: 'Which act it covers.' }),
    validFrom: t.field({ type: 'Date', required: true, description: 'First day.' }),
    validTo: t.field({ type: 'Date', description: 'Last day; without one, until further notice.' }),
  }),
})
const InviteMemberInput = builder.inputType('InviteMemberInput', {
  description: 'A person to be given a seat in the own party.',
  fields: (t) => ({
    idempotencyKey: t.id({ description: key }),
    id: t.id({ required: true, description: 'A UUID minted by the client.' }),
    email: t.string({ required: true, description: 'Address used to sign in, at most 254 characters.' }),
    name: t.string({ required: true, description: 'What others know the person by: one line, 1 to 100 characters.' }),
    title: t.string({ required: true, description: 'Function in the own organisation, 1 to 100 characters.' }),
    roles: t.field({ type: [Role], required: true, description: 'At least one.' }),
    mandates: t.field({ type: [MandateInput], description: 'At most 10.' }),
  }),
})
const ChangeMemberInput = builder.inputType('ChangeMemberInput', {
  description: 'What is to change about a member; what is left out stays.',
  fields: (t) => ({
    idempotencyKey: t.id({ description: key }),
    id: t.id({ required: true, description: 'Id of Member, of the own party.' }),
    baseVersion: t.int({ required: true, description: 'The version that the caller saw.' }),
    name: t.string({ description: 'What others know the person by: one line, 1 to 100 characters.' }),
    title: t.string({ description: 'Their work at the party: one line, 1 to 100 characters.' }),
    roles: t.field({ type: [Role], description: 'All roles, at least one.' }),
    mandates: t.field({ type: [MandateInput], description: 'All mandates, at most 10.' }),
  }),
})
const RemoveMemberInput = builder.inputType('RemoveMemberInput', {
  description: 'A member whose seat is taken back.',
  fields: (t) => ({
    idempotencyKey: t.id({ description: key }),
    id: t.id({ required: true, description: 'Id of Member, of the own party.' }),
  }),
})

interface MandateWanted {
  readonly kind: MandateTerms['kind']
  readonly validFrom: string
  readonly validTo?: string | null | undefined
}

const checkMandates = (check: InputCheck, mandates: readonly MandateWanted[]): MandateTerms[] =>
  check.list('mandates', mandates, 10).map(({ kind, validFrom, validTo }) => {
    const terms = {
      kind,
      validFrom: check.date('mandates', validFrom),
      validTo: validTo ? check.date('mandates', validTo) : null,
    }
    check.require('mandates', terms.validTo === null || terms.validTo >= terms.validFrom, 'INVALID_DATE')
    return terms
  })

const checkRoles = (check: InputCheck, roles: readonly MemberRole[]): MemberRole[] => {
  check.require('roles', roles.length > 0, 'EMPTY')
  return check.list('roles', roles, 4)
}

builder.mutationFields((t) => ({
  inviteMember: t.field({
    type: Invited,
    description: 'Gives a person a seat in the own party. For those who look after its people.',
    errors: { types: FAILURES },
    authScopes: { seated: true },
    args: { input: t.arg({ type: InviteMemberInput, required: true, description: ASKED }) },
    resolve: async (_root, { input }, context) => {
      const check = new InputCheck()
      const terms = {
        id: check.minted('id', input.id),
        email: check.email('email', input.email),
        name: check.text('name', input.name, { least: 1, most: 100 }),
        title: check.text('title', input.title, { least: 1, most: 100 }),
        roles: checkRoles(check, input.roles),
        mandates: checkMandates(check, input.mandates ?? []),
      }
      check.done()
      return context.act(async () => {
        const id = await context.members.invite(seated(context), actOf('inviteMember', input), terms)
        const token = await context.members.openInvitation(seated(context), id)
        return { id, invitationUrl: `${context.origin}/invitation?token=${token}` }
      })
    },
  }),
  changeMember: t.field({
    type: Changed,
    description: 'Changes name, function, roles or mandates of a member of the own party.',
    errors: { types: FAILURES },
    authScopes: { seated: true },
    args: { input: t.arg({ type: ChangeMemberInput, required: true, description: ASKED }) },
    resolve: async (_root, { input }, context) => {
      const check = new InputCheck()
      const { name, title, roles, mandates } = input
      const wanted = {
        ...(typeof name === 'string' && { name: check.text('name', name, { least: 1, most: 100 }) }),
        ...(typeof title === 'string' && { title: check.text('title', title, { least: 1, most: 100 }) }),
        ...(roles && { roles: checkRoles(check, roles) }),
        ...(mandates && { mandates: checkMandates(check, mandates) }),
      }
      check.done()
      const id = idOf('Member', 'id', input.id)
      return context.act(async () => ({
        id: await context.members.change(seated(context), actOf('changeMember', input), id, input.baseVersion, wanted),
      }))
    },
  }),
  removeMember: t.field({
    type: Changed,
    description:
      'Takes a seat of the own party back: refused at the next request, silent at the next event. What the member did stays.',
    errors: { types: FAILURES },
    authScopes: { seated: true },
    args: { input: t.arg({ type: RemoveMemberInput, required: true, description: ASKED }) },
    resolve: async (_root, { input }, context) => {
      const id = idOf('Member', 'id', input.id)
      return context.act(async () => ({ id: await context.members.remove(seated(context), actOf('removeMember', input), id) }))
    },
  }),
}))
