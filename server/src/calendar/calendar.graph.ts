import { reads, readable } from '../access/reads.ts'
import { ASKED, actOf, idOf, seated } from '../graph/acts.ts'
import { builder } from '../graph/builder.ts'
import { FAILURES } from '../graph/failures.graph.ts'
import { InputCheck } from '../graph/input.ts'
import { cursorNow } from '../journal/changes.ts'
import { found, MemberRef } from '../members/members.graph.ts'

/** Guards: what opens a calendar is told once, to whoever made it; that there is one is the party's own to know. */

const LinkRef = builder.prismaNode('CalendarLink', {
  id: { field: 'id' },
  nullable: true,
  description:
    "An address from which a calendar fetches the days by which tasks are to be done: a member's own, or all that the party answers for. Known to the own party only.",
  select: { id: true, readers: true },
  authScopes: (link, { viewer }) => reads(viewer, link),
  fields: (t) => ({
    name: t.exposeString('name'),
    member: t.field({
      type: MemberRef,
      nullable: true,
      description: 'Whose tasks it shows, and with whose seat it ends; null when it is the party that answers for them.',
      select: { memberId: true },
      resolve: async ({ memberId }, _, { load }) => (memberId ? found(await load.member.load(memberId)) : null),
    }),
    madeBy: t.field({
      type: MemberRef,
      nullable: true,
      description: 'Who made it, and was shown its address; nullable as that of a key is, so that both stand in one document.',
      select: { madeById: true },
      resolve: async ({ madeById }, _, { load }) => (await load.member.load(madeById)) ?? null,
    }),
    madeAt: t.expose('madeAt', { type: 'DateTime' }),
    revokedAt: t.expose('revokedAt', { type: 'DateTime', nullable: true }),
    lastUsedAt: t.expose('lastUsedAt', { type: 'DateTime', nullable: true }),
    version: t.exposeInt('version'),
  }),
})

builder.prismaObjectField('Collaboration', 'calendarLinks', (t) =>
  t.relatedConnection('calendarLinks', {
    cursor: 'id',
    totalCount: true,
    description: "The own party's calendar links, latest first, also those that no longer hold.",
    query: (_args, { viewer }) => ({ where: readable(viewer), orderBy: [{ madeAt: 'desc' as const }, { id: 'desc' as const }] }),
  }),
)

const cursor = "The journal's position after the commit."
const Changed = builder.objectRef<{ id: string }>('CalendarLinkChanged').implement({
  description: 'The calendar link as it now is.',
  fields: (t) => ({
    link: t.prismaField({
      type: LinkRef,
      description: 'The link, after the commit.',
      resolve: (query, { id }, _, { transaction }) => transaction.calendarLink.findUniqueOrThrow({ ...query, where: { id } }),
    }),
    cursor: t.field({ type: 'Cursor', description: cursor, resolve: (_root, _args, context) => cursorNow(context) }),
  }),
})
const Made = builder.objectRef<{ id: string; token: string | null }>('CalendarLinkMade').implement({
  description: 'The calendar link as it was made, with its address.',
  fields: (t) => ({
    link: t.prismaField({
      type: LinkRef,
      description: 'The link, after the commit.',
      resolve: (query, { id }, _, { transaction }) => transaction.calendarLink.findUniqueOrThrow({ ...query, where: { id } }),
    }),
    cursor: t.field({ type: 'Cursor', description: cursor, resolve: (_root, _args, context) => cursorNow(context) }),
    url: t.string({
      nullable: true,
      description:
        'The address for the calendar, in iCalendar (RFC 5545); with `&language=en` in English. Shown this once, and kept by nobody but whoever reads it now; null when the same act is repeated.',
      resolve: ({ token }, _args, { origin }) => token && `${origin}/calendar.ics?token=${token}`,
    }),
  }),
})

const idempotency = 'A UUID minted by the client: the same key again gives the same answer and changes nothing.'
const MakeCalendarLinkInput = builder.inputType('MakeCalendarLinkInput', {
  description: 'A calendar that is to show when tasks are to be done.',
  fields: (t) => ({
    idempotencyKey: t.id({ description: idempotency }),
    id: t.id({ required: true, description: "A UUID minted by the client. The answer's id is derived from it and the party." }),
    name: t.string({ required: true, description: 'Which calendar it is for: one line, 1 to 100 characters.' }),
    party: t.boolean({
      defaultValue: false,
      description:
        'false: the tasks that the viewer does. true: all that the party answers for; for those who look after its people.',
    }),
  }),
})
const RevokeCalendarLinkInput = builder.inputType('RevokeCalendarLinkInput', {
  description: 'A calendar link that is to open nothing from now on.',
  fields: (t) => ({
    idempotencyKey: t.id({ description: idempotency }),
    id: t.id({ required: true, description: 'Id of CalendarLink, of the own party.' }),
  }),
})

builder.mutationFields((t) => ({
  makeCalendarLink: t.field({
    type: Made,
    description: 'Gives a calendar an address to fetch from: for one’s own tasks, or for what the party answers for.',
    errors: { types: FAILURES },
    authScopes: { seated: true },
    args: { input: t.arg({ type: MakeCalendarLinkInput, required: true, description: ASKED }) },
    resolve: async (_root, { input }, context) => {
      const check = new InputCheck()
      const terms = {
        id: check.minted('id', input.id),
        name: check.text('name', input.name, { least: 1, most: 100 }),
        party: input.party ?? false,
      }
      check.done()
      return context.act(() => context.calendars.make(seated(context), actOf('makeCalendarLink', input), terms))
    },
  }),
  revokeCalendarLink: t.field({
    type: Changed,
    description: 'Takes a calendar link back: the next fetch finds nothing.',
    errors: { types: FAILURES },
    authScopes: { seated: true },
    args: { input: t.arg({ type: RevokeCalendarLinkInput, required: true, description: ASKED }) },
    resolve: async (_root, { input }, context) => {
      const id = idOf('CalendarLink', 'id', input.id)
      return context.act(async () => ({
        id: await context.calendars.revoke(seated(context), actOf('revokeCalendarLink', input), id),
      }))
    },
  }),
}))
