import type { Transaction } from '../data/database.ts'
import { readable } from '../access/reads.ts'
import type { Actor } from '../access/viewer.ts'
import type { Found } from './found.ts'
import type { Party } from './notifications.rules.ts'

/** The collaboration's day and the next, as the midnights in UTC that dates are kept as. */
export const closeDays = (now: Date, timeZone: string): readonly [Date, Date] => {
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(now)
  const today = new Date(`${day}T00:00:00Z`)
  return [today, new Date(today.getTime() + 86_400_000)]
}

/** Whoever of the party does a task that is not handed over and falls due today or tomorrow. */
export const fallingDue = async (transaction: Transaction, reader: Actor, party: Party, now: Date): Promise<Found[]> => {
  const { timeZone } = await transaction.collaboration.findUniqueOrThrow({ where: { id: reader.collaborationId } })
  const members = party.members.map(({ id }) => id)
  const tasks = await transaction.task.findMany({
    where: {
      AND: [readable(reader)],
      archivedAt: null,
      state: { in: ['GIVEN', 'ONGOING'] },
      dueOn: { in: [...closeDays(now, timeZone)] },
      assignees: { hasSome: members },
    },
    select: { id: true, dueOn: true, assignees: true },
  })
  return tasks.flatMap(({ id, dueOn, assignees }) =>
    assignees
      .filter((member) => members.includes(member))
      .map((member): Found => {
        const due = dueOn?.toISOString().slice(0, 10)
        return { member, reason: 'DUE', type: 'Task', subject: id, task: id, ...(due !== undefined && { due }) }
      }),
  )
}
