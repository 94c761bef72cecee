import { ASKED, actOf, idOf, seated } from '../graph/acts.ts'
import { builder } from '../graph/builder.ts'
import { FAILURES } from '../graph/failures.graph.ts'
import { InputCheck } from '../graph/input.ts'
import { personalCursorNow } from '../journal/changes.ts'
import { ReasonRef } from './notifications.graph.ts'
import { key } from './notifications.mutations.ts'
import { LanguageRef, mutesOf, MuteRef, PlaceRef, SettingsRef, settingsOf, WeekdayRef } from './settings.graph.ts'
import type { ThreadId } from './thread.ts'

/** The doors of the verbs by which one says how to be told. */
const changed = {
  settings: 'How the viewer is told, after the act.',
  cursor: "The position of the viewer's own stream after the commit.",
}
const MutesChanged = builder.objectRef<object>('MutesChanged').implement({
  description: 'Personal. What the viewer does not want to be told of, after the act.',
  fields: (t) => ({
    mutes: t.prismaField({
      type: [MuteRef],
      description: 'All that is muted now, latest first; at most 100.',
      resolve: (query, _root, _args, context) => mutesOf(query, context),
    }),
    settings: t.prismaField({
      type: SettingsRef,
      description: changed.settings,
      resolve: (query, _root, _args, context) => settingsOf(query, context),
    }),
    cursor: t.field({
      type: 'Cursor',
      description: changed.cursor,
      resolve: (_root, _args, context) => personalCursorNow(context),
    }),
  }),
})
export const SettingsChanged = builder.objectRef<object>('SettingsChanged').implement({
  description: 'Personal. How the viewer is told, after the act.',
  fields: (t) => ({
    settings: t.prismaField({
      type: SettingsRef,
      description: changed.settings,
      resolve: (query, _root, _args, context) => settingsOf(query, context),
    }),
    cursor: t.field({
      type: 'Cursor',
      description: changed.cursor,
      resolve: (_root, _args, context) => personalCursorNow(context),
    }),
  }),
})

const thread = (name: string, description: string) =>
  builder.inputType(name, {
    description,
    fields: (t) => ({
      idempotencyKey: t.id({ description: key }),
      task: t.id({ description: 'Id of Task: the thread that it is about.' }),
      clause: t.id({ description: 'Id of Clause: the thread that it is about.' }),
      proposal: t.id({ description: 'Id of Proposal: the thread that it is about.' }),
    }),
  })
const reason = (name: string, description: string) =>
  builder.inputType(name, {
    description,
    fields: (t) => ({
      idempotencyKey: t.id({ description: key }),
      reason: t.field({ type: ReasonRef, required: true, description: 'Whatever it is about.' }),
    }),
  })

const INPUTS = {
  muteThread: thread(
    'MuteThreadInput',
    'A thread of which no more is to be told: a task, a clause or a proposal, exactly one of them.',
  ),
  unmuteThread: thread(
    'UnmuteThreadInput',
    'A thread of which is to be told again: a task, a clause or a proposal, exactly one of them.',
  ),
  muteReason: reason('MuteReasonInput', 'A reason for which nothing more is to be told.'),
  unmuteReason: reason('UnmuteReasonInput', 'A reason for which is to be told again.'),
}

const ChooseChannelInput = builder.inputType('ChooseChannelInput', {
  description: 'Whether to be told in one place for one reason.',
  fields: (t) => ({
    idempotencyKey: t.id({ description: key }),
    channel: t.field({ type: PlaceRef, required: true, description: 'The place: the inbox, or one beyond it.' }),
    reason: t.field({ type: ReasonRef, required: true, description: 'Of the kinds of things that one is told, which.' }),
    wanted: t.boolean({ required: true, description: 'true: from now on. false: no more.' }),
  }),
})
const ChooseTimesInput = builder.inputType('ChooseTimesInput', {
  description: 'When letters are to come, and in which language: all of it as it shall be from now on.',
  fields: (t) => ({
    idempotencyKey: t.id({ description: key }),
    digestAt: t.string({ description: 'HH:MM: gathered, once a day at that time. Without one: each when it happens.' }),
    quietFrom: t.string({
      description: 'HH:MM: from then until `quietTo` nothing is sent, also over midnight. Both or neither.',
    }),
    quietTo: t.string({ description: 'HH:MM: what came while it was quiet is sent then.' }),
    weeklyOn: t.field({
      type: WeekdayRef,
      description:
        'On which day a letter says what the parties did in the week, by mail, at `digestAt` or 08:00. Without one: none.',
    }),
    timeZone: t.string({ required: true, description: 'IANA zone of the clock by which all this is counted.' }),
    language: t.field({ type: LanguageRef, required: true, description: 'Of what is sent.' }),
  }),
})

const TYPES = { task: 'Task', clause: 'Clause', proposal: 'Proposal' } as const

const threadIn = (input: { [kind in ThreadId['kind']]?: string | null }): ThreadId => {
  const named = (['task', 'clause', 'proposal'] as const).flatMap((kind) => {
    const id = input[kind] ?? undefined
    return id === undefined ? [] : [{ kind, id }]
  })
  const [first, second] = named
  const check = new InputCheck()
  check.require('task', first !== undefined, 'EMPTY')
  check.require(second?.kind ?? 'task', second === undefined, 'TOO_MANY')
  check.done()
  const { kind, id } = first ?? { kind: 'task' as const, id: '' }
  return { kind, id: idOf(TYPES[kind], kind, id) }
}

const timesIn = (input: typeof ChooseTimesInput.$inferInput) => {
  const check = new InputCheck()
  const time = (field: 'digestAt' | 'quietFrom' | 'quietTo') => {
    const value = input[field]
    return typeof value === 'string' ? check.time(field, value) : null
  }
  const [digestAt, quietFrom, quietTo] = [time('digestAt'), time('quietFrom'), time('quietTo')]
  check.require('quietFrom', quietFrom !== null || quietTo === null, 'EMPTY')
  check.require('quietTo', quietTo !== null || quietFrom === null, 'EMPTY')
  check.require('timeZone', isTimeZone(input.timeZone), 'UNKNOWN')
  check.done()
  const weeklyOn = input.weeklyOn ?? null
  return { digestAt, quietFrom, quietTo, weeklyOn, timeZone: input.timeZone, locale: input.language === 'EN' ? 'en' : 'sv' }
}

/** Those that people live by; PostgreSQL, which counts by them, knows them too. */
const isTimeZone = (zone: string): boolean => zone === 'UTC' || Intl.supportedValuesOf('timeZone').includes(zone)

builder.mutationFields((t) => {
  const thread = (verb: 'mute' | 'unmute', description: string) =>
    t.field({
      type: MutesChanged,
      description,
      errors: { types: FAILURES },
      authScopes: { seated: true },
      args: { input: t.arg({ type: INPUTS[`${verb}Thread`], required: true, description: ASKED }) },
      resolve: async (_root, { input }, context) => {
        const thread = threadIn(input)
        return context.act(async () => {
          await context.settings[verb](seated(context), actOf(`${verb}Thread`, input), thread)
          return {}
        })
      },
    })
  const reason = (verb: 'mute' | 'unmute', description: string) =>
    t.field({
      type: MutesChanged,
      description,
      errors: { types: FAILURES },
      authScopes: { seated: true },
      args: { input: t.arg({ type: INPUTS[`${verb}Reason`], required: true, description: ASKED }) },
      resolve: async (_root, { input }, context) =>
        context.act(async () => {
          await context.settings[verb](seated(context), actOf(`${verb}Reason`, input), {
            kind: 'reason',
            reason: input.reason,
          })
          return {}
        }),
    })
  return {
    muteThread: thread('mute', 'From now on nothing about the task, the clause or the proposal is told to the viewer.'),
    unmuteThread: thread('unmute', 'From now on the viewer is told of it again; not of what came meanwhile.'),
    muteReason: reason('mute', 'From now on nothing is told to the viewer for that reason.'),
    unmuteReason: reason('unmute', 'From now on the viewer is told for that reason again; not of what came meanwhile.'),
    chooseChannel: t.field({
      type: SettingsChanged,
      description: 'Says whether the viewer is told in one place for one reason. What is not in the inbox is not sent either.',
      errors: { types: FAILURES },
      authScopes: { seated: true },
      args: { input: t.arg({ type: ChooseChannelInput, required: true, description: ASKED }) },
      resolve: async (_root, { input }, context) =>
        context.act(async () => {
          const { channel, reason, wanted } = input
          await context.settings.choose(seated(context), actOf('chooseChannel', input), channel, reason, wanted)
          return {}
        }),
    }),
    chooseTimes: t.field({
      type: SettingsChanged,
      description: 'Says when letters come to the viewer, by whose clock, and in which language.',
      errors: { types: FAILURES },
      authScopes: { seated: true },
      args: { input: t.arg({ type: ChooseTimesInput, required: true, description: ASKED }) },
      resolve: async (_root, { input }, context) => {
        const times = timesIn(input)
        return context.act(async () => {
          await context.settings.time(seated(context), actOf('chooseTimes', input), times)
          return {}
        })
      },
    }),
  }
})
