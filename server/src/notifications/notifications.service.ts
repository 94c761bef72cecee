import { type Notification, Prisma } from '@samsyn/prisma/client'
import { own, owns } from '../access/reads.ts'
import type { Viewer } from '../access/viewer.ts'
import { InvalidInput, NotFound } from '../graph/failures.ts'
import type { EventKind } from '../journal/registry.ts'
import { type Act, Unchanged, type Unit, type UnitOfWork } from '../journal/work.ts'

/** Some by name, or all that were in the inbox when the caller looked: the named one and everything before it. */
export type Which = { readonly ids: readonly string[] } | { readonly upTo: string }

/** No act touches more: whoever has more asks again. */
export const MOST_AT_ONCE = 200

/** What has been put away comes back within that time. */
const FARTHEST_MS = 366 * 86_400_000

interface Handling {
  readonly kind: EventKind
  /** Whether there is anything to do. */
  readonly needs: (one: Notification) => boolean
  readonly set: Prisma.Sql
}

const NOW = Prisma.sql`date_trunc('milliseconds', clock_timestamp())`

/** Whatever is done with what was put away until later ends that. */
const HANDLING = {
  read: {
    kind: 'notification.handled',
    needs: ({ readAt, snoozedUntil }) => readAt === null || snoozedUntil !== null,
    set: Prisma.sql`read_at = coalesce(read_at, ${NOW}), snoozed_until = null`,
  },
  unread: { kind: 'notification.handled', needs: ({ readAt }) => readAt !== null, set: Prisma.sql`read_at = null` },
  finish: {
    kind: 'notification.handled',
    needs: ({ doneAt }) => doneAt === null,
    set: Prisma.sql`read_at = coalesce(read_at, ${NOW}), done_at = ${NOW}, snoozed_until = null`,
  },
  reopen: { kind: 'notification.handled', needs: ({ doneAt }) => doneAt !== null, set: Prisma.sql`done_at = null` },
  wake: { kind: 'notification.woken', needs: ({ snoozedUntil }) => snoozedUntil !== null, set: Prisma.sql`snoozed_until = null` },
} as const satisfies Record<string, Handling>

const snoozing = (until: Date): Handling => ({
  kind: 'notification.snoozed',
  needs: ({ snoozedUntil }) => snoozedUntil?.getTime() !== until.getTime(),
  set: Prisma.sql`snoozed_until = ${until}, done_at = null`,
})

/**
 * The verbs of the own inbox. They need no role: whoever is told may put it away. What they change is told in the member's
 * own stream, so that all of the member's windows say the same. Each is one unit of work and returns the member's id.
 */
export class NotificationService {
  readonly #work: UnitOfWork

  constructor(work: UnitOfWork) {
    this.#work = work
  }

  read = (viewer: Viewer, act: Act, which: Which) => this.#handle(viewer, act, which, HANDLING.read)
  unread = (viewer: Viewer, act: Act, which: Which) => this.#handle(viewer, act, which, HANDLING.unread)
  finish = (viewer: Viewer, act: Act, which: Which) => this.#handle(viewer, act, which, HANDLING.finish)
  reopen = (viewer: Viewer, act: Act, which: Which) => this.#handle(viewer, act, which, HANDLING.reopen)
  wake = (viewer: Viewer, act: Act, which: Which) => this.#handle(viewer, act, which, HANDLING.wake)
  snooze = (viewer: Viewer, act: Act, which: Which, until: Date) =>
    this.#handle(viewer, act, which, snoozing(until), () => assertAhead(until))

  #handle(viewer: Viewer, act: Act, which: Which, { kind, needs, set }: Handling, check = () => {}): Promise<string> {
    return this.#work.run(viewer, act, async (unit) => {
      // Here, and not at the door: an act that is sent again under its key has been done, however late it is by then.
      check()
      const before = (await lock(unit, viewer, which)).filter(needs)
      if (before.length === 0) throw new Unchanged(viewer.memberId)
      const ids = before.map(({ id }) => id)
      await unit.transaction.$executeRaw`
        update notification set version = version + 1, ${set} where id = any (${ids}::uuid[])`
      const after = new Map(
        (await unit.transaction.notification.findMany({ where: { id: { in: ids } } })).map((one) => [one.id, one]),
      )
      for (const one of before) {
        const now = after.get(one.id)
        if (now) await unit.record(kind, now, differences(one, now))
      }
      return viewer.memberId
    })
  }
}

const assertAhead = (until: Date): void => {
  const away = until.getTime() - Date.now()
  if (!(away > 0 && away <= FARTHEST_MS)) throw new InvalidInput([{ field: 'until', code: 'INVALID_MOMENT' }])
}

/** Loads and locks the viewer's own; one that is somebody else's is one that never was. */
const lock = async (unit: Unit, viewer: Viewer, which: Which): Promise<Notification[]> => {
  if ('upTo' in which) {
    const last = await unit.transaction.notification.findUnique({ where: { id: which.upTo } })
    if (!last || !owns(viewer, last)) throw new NotFound('upTo')
    const before = { OR: [{ at: { lt: last.at } }, { at: last.at, id: { lte: last.id } }] }
    const found = await unit.transaction.notification.findMany({
      where: { AND: [own(viewer), before, { doneAt: null, readAt: null, snoozedUntil: null }] },
      orderBy: [{ at: 'desc' }, { id: 'desc' }],
      take: MOST_AT_ONCE,
      select: { id: true },
    })
    return lock(unit, viewer, { ids: found.map(({ id }) => id) })
  }
  const ids = [...which.ids]
  await unit.transaction.$queryRaw`select id from notification where id = any (${ids}::uuid[]) order by id for update`
  const found = await unit.transaction.notification.findMany({ where: { AND: [own(viewer), { id: { in: ids } }] } })
  if (found.length !== ids.length) throw new NotFound('ids')
  return found
}

const differences = (from: Notification, to: Notification) =>
  Object.fromEntries(
    (['readAt', 'doneAt', 'snoozedUntil'] as const)
      .map((field) => [field, { from: from[field]?.toISOString() ?? null, to: to[field]?.toISOString() ?? null }] as const)
      .filter(([, change]) => change.from !== change.to),
  )
