import { randomBytes } from 'node:crypto'
import { administers, may } from '../access/may.ts'
import type { Viewer } from '../access/viewer.ts'
import { NotAllowed, NotFound } from '../graph/failures.ts'
import { hashToken } from '../identity/sessions.ts'
import { mintedId } from '../journal/mintedId.ts'
import { type Act, Unchanged, type UnitOfWork } from '../journal/work.ts'
import { calendarPolicy } from './calendar.policy.ts'

export interface LinkTerms {
  /** Minted by whoever makes it. */
  readonly id: string
  readonly name: string
  /** For all that the party answers for, instead of the maker's own tasks. */
  readonly party: boolean
}

/** The verbs of a calendar link. Each is one unit of work and returns the link's id. */
export class CalendarService {
  readonly #work: UnitOfWork

  constructor(work: UnitOfWork) {
    this.#work = work
  }

  /**
   * Makes a link and what opens it, which is shown to whoever made it and never again: we keep its SHA-256. A member's own ends
   * with the seat; the party's outlives whoever made it, and is made by those who look after the party's people.
   */
  async make(viewer: Viewer, act: Act, { id, name, party }: LinkTerms): Promise<{ id: string; token: string | null }> {
    const token = randomBytes(32).toString('base64url')
    let shown: string | null = null
    const made = await this.#work.run(viewer, act, async (unit) => {
      if (party && !administers(viewer)) throw new NotAllowed('ROLE')
      const link = await unit.transaction.calendarLink.create({
        data: {
          id: mintedId(viewer, id),
          collaborationId: viewer.collaborationId,
          partyId: viewer.partyId,
          memberId: party ? null : viewer.memberId,
          madeById: viewer.memberId,
          name,
        },
      })
      await unit.transaction.$executeRaw`select calendar_seal(${hashToken(token)}, ${link.id}::uuid)`
      await unit.record('calendar.made', link, {
        name: { from: null, to: link.name },
        ...(link.memberId && { member: { from: null, to: link.memberId } }),
      })
      shown = token
      return link.id
    })
    return { id: made, token: shown }
  }

  /** Takes a link back: the next fetch finds nothing. */
  revoke(viewer: Viewer, act: Act, id: string): Promise<string> {
    return this.#work.run(viewer, act, async (unit) => {
      await unit.transaction.$queryRaw`select id from calendar_link where id = ${id}::uuid for update`
      const before = await unit.transaction.calendarLink.findUnique({ where: { id } })
      if (!before) throw new NotFound('id')
      may(calendarPolicy, viewer, 'revoke', before)
      if (before.revokedAt) throw new Unchanged(id)
      // Any time will do: the database stamps its own.
      const after = await unit.transaction.calendarLink.update({
        where: { id },
        data: { version: before.version + 1, revokedAt: before.madeAt },
      })
      await unit.record('calendar.revoked', after)
      return id
    })
  }
}
