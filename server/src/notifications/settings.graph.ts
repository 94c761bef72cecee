import { own, owns } from '../access/reads.ts'
import { builder, MOST_PER_PAGE } from '../graph/builder.ts'
import type { Context } from '../graph/context.ts'
import { seated } from '../graph/acts.ts'
import { ViewerRef } from '../identity/identity.graph.ts'
import { ReasonRef } from './notifications.graph.ts'
import { type Place, toldIn } from './settings.service.ts'
import { type NotificationReason, Weekday } from '@samsyn/prisma/client'

export const MuteRef = builder.prismaObject('Mute', {
  description: 'Personal. A thread or a reason of which the viewer does not want to be told: exactly one field names it.',
  select: { id: true, readers: true },
  authScopes: (mute, { viewer }) => owns(viewer, mute),
  fields: (t) => ({
    task: t.relation('task', { nullable: true, description: 'Nothing is told of this task and what is said about it.' }),
    clause: t.relation('clause', { nullable: true, description: 'Nothing is told of what is said about this clause.' }),
    proposal: t.relation('proposal', { nullable: true, description: 'Nothing is told of this proposal and what comes of it.' }),
    reason: t.expose('reason', {
      type: ReasonRef,
      nullable: true,
      description: 'The reason that is muted, whatever the thread.',
    }),
    mutedAt: t.expose('mutedAt', { type: 'DateTime', description: 'Since when nothing of the kind is told.' }),
  }),
})

export const PlaceRef = builder.enumType('NotificationChannel', {
  description:
    'Where one is told. INBOX: here, in the application. MAIL: by e-mail, at the address that one signs in with. PUSH: by a message to the browsers that one has named.',
  values: ['INBOX', 'MAIL', 'PUSH'] as const satisfies readonly Place[],
})

export const LanguageRef = builder.enumType('Language', {
  description: 'In which words. EN: English. SV: Swedish.',
  values: ['EN', 'SV'] as const,
})

export const WeekdayRef = builder.enumType('Weekday', {
  description:
    'A day of the week, by the clock of whoever chooses it: MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY or SUNDAY.',
  values: Object.values(Weekday),
})

interface Choice {
  readonly channel: Place
  readonly available: boolean
  readonly reasons: readonly NotificationReason[]
}
const ChoiceRef = builder.objectRef<Choice>('ChannelChoice').implement({
  description: 'Personal. For which reasons the viewer is told in one place.',
  fields: (t) => ({
    channel: t.field({
      type: PlaceRef,
      description: 'The place: the inbox, or one beyond it.',
      resolve: ({ channel }) => channel,
    }),
    available: t.exposeBoolean('available', {
      description: 'Whether this hub tells anybody anything there. What is chosen is kept until it does.',
    }),
    reasons: t.field({
      type: [ReasonRef],
      description: 'Why. What is not in the inbox is not sent either, whatever is chosen here.',
      resolve: ({ reasons }) => [...reasons],
    }),
  }),
})

export const SettingsRef = builder.prismaNode('NotificationSettings', {
  id: { field: 'id' },
  nullable: true,
  description: 'Personal. How the viewer wants to be told, in this collaboration.',
  select: { id: true, readers: true },
  authScopes: (settings, { viewer }) => owns(viewer, settings),
  fields: (t) => ({
    channels: t.field({
      type: [ChoiceRef],
      description: 'Where, and for which reasons in each place.',
      select: { mailed: true, pushed: true },
      resolve: async ({ mailed, pushed }, _args, context): Promise<Choice[]> => [
        { channel: 'INBOX', available: true, reasons: await toldIn(context.transaction, seated(context)) },
        { channel: 'MAIL', available: context.config.mail !== undefined, reasons: mailed },
        { channel: 'PUSH', available: context.config.push !== undefined, reasons: pushed },
      ],
    }),
    digestAt: t.exposeString('digestAt', { nullable: true }),
    quietFrom: t.exposeString('quietFrom', { nullable: true }),
    quietTo: t.exposeString('quietTo', {
      nullable: true,
      description: 'HH:MM: when what came while it was quiet is sent.',
    }),
    weeklyOn: t.expose('weeklyOn', { type: WeekdayRef, nullable: true }),
    timeZone: t.exposeString('timeZone'),
    language: t.field({
      type: LanguageRef,
      description: 'Of what is sent.',
      select: { locale: true },
      resolve: ({ locale }) => (locale === 'en' ? 'EN' : 'SV'),
    }),
    mutes: t.prismaField({
      type: [MuteRef],
      description: 'The threads and reasons of which the viewer does not want to be told, latest first; at most 100.',
      resolve: (query, _settings, _args, context) => mutesOf(query, context),
    }),
    version: t.exposeInt('version'),
  }),
})

export const mutesOf = (query: object, { transaction, viewer }: Pick<Context, 'transaction' | 'viewer'>) =>
  transaction.mute.findMany({
    ...query,
    where: own(viewer),
    orderBy: [{ mutedAt: 'desc' }, { id: 'desc' }],
    take: MOST_PER_PAGE,
  })

export const settingsOf = (query: object, { transaction, viewer }: Pick<Context, 'transaction' | 'viewer'>) =>
  transaction.notificationSettings.findFirstOrThrow({ ...query, where: own(viewer) })

builder.objectFields(ViewerRef, (t) => ({
  mutes: t.prismaField({
    type: [MuteRef],
    nullable: true,
    authScopes: { person: true },
    description: 'Personal. The threads and reasons of which the viewer does not want to be told, latest first; at most 100.',
    resolve: (query, _session, _args, { viewer, transaction }) =>
      transaction.mute.findMany({
        ...query,
        where: own(viewer),
        orderBy: [{ mutedAt: 'desc' }, { id: 'desc' }],
        take: MOST_PER_PAGE,
      }),
  }),
  notificationSettings: t.prismaField({
    type: SettingsRef,
    nullable: true,
    authScopes: { person: true },
    description: 'Personal. How the viewer wants to be told. A program is told nothing.',
    resolve: (query, _session, _args, context) => settingsOf(query, context),
  }),
}))
