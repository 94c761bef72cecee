import { JOBS_SCHEMA } from '@samsyn/prisma/engine/jobs'
import type { Database } from '../data/database.ts'

/** What is not done yet, of all servers on the database. */
export const jobsIn = (database: Database): Promise<{ queue: string; state: string; count: number }[]> =>
  database.ask(
    `select name as queue, state::text, count(*)::int from ${JOBS_SCHEMA}.job where state not in ('completed', 'cancelled') group by 1, 2`,
  )
