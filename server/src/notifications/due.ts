import type { Transaction } from '../data/database.ts'
import { readable } from '../access/reads.ts'
import type { Actor } from '../access/viewer.ts'
import type { Found } from './found.ts'
import { coordinators, type Party } from './notifications.rules.ts'

const DAY_MS = 86_400_000
/** For how long it is told that a last day has passed: a hub that comes to old data has nothing to say of what people have long known. */
const OVERDUE_DAYS = 7

/** The collaboration's day, as the midnight in UTC that dates are kept as. */
const dayOf = (now: Date, timeZone: string): Date => {
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(now)
  return new Date(`${day}T00:00:00Z`)
}

/**
 * Whom of the party a task concerns that is not handed over: whoever does it, when its last day is today or tomorrow; they and, where the
 * party answers for it, its coordinators, when that day has passed.
 */
export const daysToTell = async (transaction: Transaction, reader: Actor, party: Party, now: Date): Promise<Found[]> => {
  const { timeZone } = await transaction.collaboration.findUniqueOrThrow({ where: { id: reader.collaborationId } })
  const today = dayOf(now, timeZone).getTime()
  const members = party.members.map(({ id }) => id)
  const tasks = await transaction.task.findMany({
    where: {
      AND: [readable(reader)],
      archivedAt: null,
      state: { in: ['GIVEN', 'ONGOING'] },
      dueOn: { gte: new Date(today - OVERDUE_DAYS * DAY_MS), lte: new Date(today + DAY_MS) },
      OR: [{ assignees: { hasSome: members } }, { responsible: { has: party.id } }],
    },
    select: { id: true, dueOn: true, assignees: true, responsible: true },
  })
  return tasks.flatMap(({ id, dueOn, assignees, responsible }) => {
    if (dueOn === null) return []
    const passed = dueOn.getTime() < today
    const doing = members.filter((member) => assignees.includes(member))
    const answering = passed && responsible.includes(party.id) ? coordinators(party) : []
    return [...new Set([...doing, ...answering])].map((member): Found => ({
      member,
      reason: passed ? 'OVERDUE' : 'DUE',
      type: 'Task',
      subject: id,
      task: id,
      due: dueOn.toISOString().slice(0, 10),
    }))
  })
}
