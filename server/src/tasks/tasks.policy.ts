import type { Task } from '@samsyn/prisma/client'
import { coordinates, type Policy, writes } from '../access/may.ts'

/** Guards: whoever reads a task may work on it if the role is right; only its own party lets others in or puts it away. */

type Ruled = Pick<Task, 'readers' | 'partyId' | 'archivedAt'>

/** Every party that reads a task may work on it; only the party whose task it is lets others in or puts it away. */
export const taskPolicy = {
  edit: (viewer, task) => (!writes(viewer) ? 'ROLE' : task.archivedAt ? 'ARCHIVED' : undefined),
  comment: (viewer, task) => (!writes(viewer) ? 'ROLE' : task.archivedAt ? 'ARCHIVED' : undefined),
  share: (viewer, task) =>
    task.partyId !== viewer.partyId ? 'NOT_OWN_PARTY' : !coordinates(viewer) ? 'ROLE' : task.archivedAt ? 'ARCHIVED' : undefined,
  archive: (viewer, task) => (task.partyId !== viewer.partyId ? 'NOT_OWN_PARTY' : !writes(viewer) ? 'ROLE' : undefined),
} as const satisfies Policy<Ruled>
