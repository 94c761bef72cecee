import type { Notification } from '@samsyn/prisma/client'
import { own, owns } from '../access/reads.ts'
import type { Viewer } from '../access/viewer.ts'
import { NotFound } from '../graph/failures.ts'
import { type Act, Unchanged, type Unit, type UnitOfWork } from '../journal/work.ts'

/** Some by name, or all that were in the inbox when the caller looked: the named one and everything before it. */
export type Which = { readonly ids: readonly string[] } | { readonly upTo: string }

/** No act touches more: whoever has more asks again. */
export const MOST_AT_ONCE = 200

type Handling = 'read' | 'unread' | 'done' | 'open'

/**
 * The verbs of the own inbox. They need no role: whoever is told may put it away. What they change is told in the member's
 * own stream, so that all of the member's windows say the same. Each is one unit of work and returns the member's id.
 */
export class NotificationService {
  readonly #work: UnitOfWork

  constructor(work: UnitOfWork) {
    this.#work = work
  }

  read = (viewer: Viewer, act: Act, which: Which) => this.#handle(viewer, act, which, 'read')
  unread = (viewer: Viewer, act: Act, which: Which) => this.#handle(viewer, act, which, 'unread')
  finish = (viewer: Viewer, act: Act, which: Which) => this.#handle(viewer, act, which, 'done')
  reopen = (viewer: Viewer, act: Act, which: Which) => this.#handle(viewer, act, which, 'open')

  #handle(viewer: Viewer, act: Act, which: Which, handling: Handling): Promise<string> {
    return this.#work.run(viewer, act, async (unit) => {
      const before = (await lock(unit, viewer, which)).filter((one) => needs[handling](one))
      if (before.length === 0) throw new Unchanged(viewer.memberId)
      const ids = before.map(({ id }) => id)
      const [read, done] = [handling === 'read' || handling === 'done', handling === 'done']
      await unit.transaction.$executeRaw`
        update notification set version = version + 1,
          read_at = case when ${read} then coalesce(read_at, date_trunc('milliseconds', clock_timestamp()))
            when ${handling === 'unread'} then null else read_at end,
          done_at = case when ${done} then date_trunc('milliseconds', clock_timestamp())
            when ${handling === 'open'} then null else done_at end
        where id = any (${ids}::uuid[])`
      const after = new Map(
        (await unit.transaction.notification.findMany({ where: { id: { in: ids } } })).map((one) => [one.id, one]),
      )
      for (const one of before) {
        const now = after.get(one.id)
        if (now) await unit.record('notification.handled', now, differences(one, now))
      }
      return viewer.memberId
    })
  }
}

/** Whether there is anything to do. */
const needs: Readonly<Record<Handling, (one: Notification) => boolean>> = {
  read: ({ readAt }) => readAt === null,
  unread: ({ readAt }) => readAt !== null,
  done: ({ doneAt }) => doneAt === null,
  open: ({ doneAt }) => doneAt !== null,
}

/** Loads and locks the viewer's own; one that is somebody else's is one that never was. */
const lock = async (unit: Unit, viewer: Viewer, which: Which): Promise<Notification[]> => {
  if ('upTo' in which) {
    const last = await unit.transaction.notification.findUnique({ where: { id: which.upTo } })
    if (!last || !owns(viewer, last)) throw new NotFound('upTo')
    const before = { OR: [{ at: { lt: last.at } }, { at: last.at, id: { lte: last.id } }] }
    const found = await unit.transaction.notification.findMany({
      where: { AND: [own(viewer), before, { doneAt: null, readAt: null }] },
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
    (['readAt', 'doneAt'] as const)
      .map((field) => [field, { from: from[field]?.toISOString() ?? null, to: to[field]?.toISOString() ?? null }] as const)
      .filter(([, change]) => change.from !== change.to),
  )
