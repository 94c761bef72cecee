import { randomUUID } from 'node:crypto'
import { type Mute, NotificationReason, type NotificationChannel, type NotificationSettings } from '@samsyn/prisma/client'
import { own, type Readable, reads } from '../access/reads.ts'
import type { Viewer } from '../access/viewer.ts'
import type { Transaction } from '../data/database.ts'
import { NotFound } from '../graph/failures.ts'
import { type Act, type Changes, Unchanged, type Unit, type UnitOfWork } from '../journal/work.ts'
import { adding, type Browser, removing, replacing } from './push/browsers.ts'
import type { ThreadId } from './thread.ts'
import type { Stopped } from './unsubscribe.ts'

/** What is muted: one thread, or one reason. */
export type Muted = ThreadId | { readonly kind: 'reason'; readonly reason: NotificationReason }

/** Where somebody is told: in the inbox, or beyond it. */
export type Place = 'INBOX' | NotificationChannel

export const REASONS = Object.values(NotificationReason)

/** When and in which words letters come. */
export type Times = Pick<NotificationSettings, 'digestAt' | 'quietFrom' | 'quietTo' | 'weeklyOn' | 'timeZone' | 'locale'>

/**
 * The verbs of how one is told. They need no role, and change nothing for anybody else. Each is told in the member's own stream, so that
 * all of the member's windows say the same; each is one unit of work and returns the member's id.
 */
export class SettingsService {
  readonly #work: UnitOfWork

  constructor(work: UnitOfWork) {
    this.#work = work
  }

  /** From now on nothing of it is told, in the inbox or beyond. */
  mute = (viewer: Viewer, act: Act, muted: Muted): Promise<string> =>
    this.#change(viewer, act, (unit) => muting(unit, viewer, muted))

  unmute = (viewer: Viewer, act: Act, muted: Muted): Promise<string> =>
    this.#change(viewer, act, (unit) => unmuting(unit, viewer, muted))

  /** Whether one is told there for that reason. Out of the inbox it is out of everything. */
  choose(viewer: Viewer, act: Act, place: Place, reason: NotificationReason, wanted: boolean): Promise<string> {
    if (place === 'INBOX')
      return wanted ? this.unmute(viewer, act, { kind: 'reason', reason }) : this.mute(viewer, act, { kind: 'reason', reason })
    return this.#change(viewer, act, (unit, before) =>
      want(
        unit,
        viewer,
        place,
        before,
        REASONS.filter((one) => (one === reason ? wanted : before[WANTED[place]].includes(one))),
      ),
    )
  }

  /** Nothing more by that channel for that reason, no weekly letter, or nothing at all. */
  stop = (viewer: Viewer, act: Act, channel: NotificationChannel, what: Stopped): Promise<string> =>
    this.#change(viewer, act, async (unit, before) => {
      const weekly = channel === 'MAIL' && (what === 'WEEKLY' || what === 'ALL') && before.weeklyOn !== null
      if (weekly) await unit.transaction.notificationSettings.updateMany({ where: own(viewer), data: { weeklyOn: null } })
      const left = before[WANTED[channel]].filter((one) => what !== 'ALL' && one !== what)
      if (!weekly || left.length < before[WANTED[channel]].length) await want(unit, viewer, channel, before, left)
    })

  /** When letters come, by whose clock and in which language. */
  time = (viewer: Viewer, act: Act, times: Times): Promise<string> =>
    this.#change(viewer, act, async ({ transaction }) => {
      await transaction.notificationSettings.updateMany({ where: own(viewer), data: { ...times } })
    })

  /** From now on a browser tells what is to be pushed. */
  addBrowser = (viewer: Viewer, act: Act, browser: Browser): Promise<string> =>
    this.#change(viewer, act, ({ transaction }) => adding(transaction, viewer, browser))

  /** Its push service reaches it elsewhere from now on. */
  replaceBrowser = (viewer: Viewer, act: Act, former: string, now: Omit<Browser, 'label'>): Promise<string> =>
    this.#change(viewer, act, ({ transaction }) => replacing(transaction, viewer, former, now))

  /** From now on it doesn't, whether its owner says so or its push service says that it is gone. */
  removeBrowser = (viewer: Viewer, act: Act, id: string): Promise<string> =>
    this.#change(viewer, act, ({ transaction }) => removing(transaction, viewer, id))

  #change(viewer: Viewer, act: Act, work: (unit: Unit, before: NotificationSettings) => Promise<unknown>): Promise<string> {
    return this.#work.run(viewer, act, async (unit) => {
      const { transaction } = unit
      await transaction.$queryRaw`select id from notification_settings where member_id = ${viewer.memberId}::uuid for update`
      const load = () => transaction.notificationSettings.findFirstOrThrow({ where: own(viewer) })
      const before = await load()
      const state = async (settings: NotificationSettings): Promise<State> => ({
        ...settings,
        told: await toldIn(transaction, viewer),
        browsers: await transaction.pushBrowser.count({ where: own(viewer) }),
      })
      const stateBefore = await state(before)
      await work(unit, before)
      await transaction.notificationSettings.updateMany({ where: own(viewer), data: { version: { increment: 1 } } })
      const after = await load()
      await unit.record('settings.changed', after, differences(stateBefore, await state(after)))
      return viewer.memberId
    })
  }
}

/** For which reasons one is told at all. */
export const toldIn = async (transaction: Transaction, viewer: Viewer): Promise<NotificationReason[]> => {
  const muted = await transaction.mute.findMany({ where: { AND: [own(viewer), { reason: { not: null } }] } })
  return REASONS.filter((reason) => !muted.some((mute) => mute.reason === reason))
}

/** Which column says for what reasons one wants to be told by a channel. */
const WANTED = { MAIL: 'mailed', PUSH: 'pushed' } as const satisfies Record<NotificationChannel, keyof NotificationSettings>

const want = async (
  { transaction }: Unit,
  viewer: Viewer,
  channel: NotificationChannel,
  before: NotificationSettings,
  reasons: NotificationReason[],
): Promise<void> => {
  const had = before[WANTED[channel]]
  if (had.length === reasons.length && reasons.every((one) => had.includes(one))) throw new Unchanged(viewer.memberId)
  await transaction.notificationSettings.updateMany({ where: own(viewer), data: { [WANTED[channel]]: reasons } })
}

const muting = async (unit: Unit, viewer: Viewer, muted: Muted): Promise<void> => {
  await assertKnown(unit, viewer, muted)
  const { taskId = null, clauseId = null, proposalId = null, reason = null } = columnsOf(muted)
  const [made] = await unit.transaction.$queryRaw<{ id: string }[]>`
    insert into mute (id, member_id, task_id, clause_id, proposal_id, reason)
    values (${randomUUID()}::uuid, ${viewer.memberId}::uuid, ${taskId}::uuid, ${clauseId}::uuid, ${proposalId}::uuid,
      ${reason}::"NotificationReason")
    on conflict do nothing returning id`
  if (!made) throw new Unchanged(viewer.memberId)
}

const unmuting = async (unit: Unit, viewer: Viewer, muted: Muted): Promise<void> => {
  await assertKnown(unit, viewer, muted)
  const { count } = await unit.transaction.mute.deleteMany({ where: { AND: [own(viewer), columnsOf(muted)] } })
  if (count === 0) throw new Unchanged(viewer.memberId)
}

/** Which column of a mute names it. */
const columnsOf = (muted: Muted): Partial<Pick<Mute, 'taskId' | 'clauseId' | 'proposalId' | 'reason'>> =>
  muted.kind === 'reason' ? { reason: muted.reason } : { [`${muted.kind}Id`]: muted.id }

/** A thread that the viewer can't read is one that never was. */
const assertKnown = async ({ transaction }: Unit, viewer: Viewer, muted: Muted): Promise<void> => {
  if (muted.kind === 'reason') return
  const row = await THREADS[muted.kind](transaction, muted.id)
  if (!row || !reads(viewer, row)) throw new NotFound(muted.kind)
}

const THREADS: Readonly<Record<ThreadId['kind'], (transaction: Transaction, id: string) => Promise<Readable | null>>> = {
  task: (transaction, id) => transaction.task.findUnique({ where: { id } }),
  clause: (transaction, id) => transaction.clause.findUnique({ where: { id } }),
  proposal: (transaction, id) => transaction.proposal.findUnique({ where: { id } }),
}

type State = NotificationSettings & { readonly told: readonly NotificationReason[]; readonly browsers: number }
const FIELDS = [
  'told',
  'mailed',
  'pushed',
  'browsers',
  'digestAt',
  'quietFrom',
  'quietTo',
  'weeklyOn',
  'timeZone',
  'locale',
] as const

const differences = (from: State, to: State): Changes =>
  Object.fromEntries(
    FIELDS.filter((field) => String(from[field]) !== String(to[field])).map((field) => [
      field,
      { from: from[field], to: to[field] },
    ]),
  )
