import type { Actor, Viewer } from '../access/viewer.ts'
import type { Transaction } from '../data/database.ts'
import type { Act, UnitOfWork } from '../journal/work.ts'

/**
 * When a member was here, so that the hub can say what is new to them. Bookkeeping, as a session's last sign of life is: it
 * changes nothing that anybody shares, and so the journal is not told. PostgreSQL counts the time, in `visit_before`.
 */
export class VisitService {
  readonly #work: UnitOfWork

  constructor(work: UnitOfWork) {
    this.#work = work
  }

  /** The member is here now. After half an hour without a sign it is a new visit. */
  note(viewer: Viewer, act: Act): Promise<string> {
    return this.#work.run(viewer, act, async ({ transaction }) => {
      await transaction.$executeRaw`
        insert into visit (member_id) values (${viewer.memberId}::uuid) on conflict (member_id) do update set last = excluded.last`
      return viewer.memberId
    })
  }
}

/** When the visit before this one ended; null for whoever was never here before, and for a program. */
export const lastVisit = async (transaction: Transaction, viewer: Actor | undefined): Promise<Date | null> => {
  if (viewer?.memberId === undefined) return null
  const [visit] = await transaction.$queryRaw<
    { before: Date | null }[]
  >`select visit_before(visit) as before from visit where member_id = ${viewer.memberId}::uuid`
  return visit?.before ?? null
}
