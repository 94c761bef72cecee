import type { Viewer } from '../../access/viewer.ts'
import type { ReadAs } from '../letter.document.ts'
import { WEEK, type Happening, type WeekData } from './week.document.ts'
import { type PartyWeek, weekOf } from './week.ts'

const WEEK_MS = 7 * 86_400_000
/** No letter is made of more: a hundred entries each. */
const MOST_PAGES = 20

/** What happened in the seven days before, as far as its reader may know now. */
export const readWeek = async (readAs: ReadAs, viewer: Viewer, until: Date): Promise<PartyWeek[]> => {
  const since = new Date(until.getTime() - WEEK_MS).toISOString()
  const happenings: Happening[] = []
  let after: string | null = null
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { collaboration } = (await readAs(viewer, WEEK, { since, after })) as WeekData
    const { nodes, pageInfo } = collaboration.activity
    happenings.push(...nodes)
    after = pageInfo.endCursor
    if (!pageInfo.hasNextPage) break
  }
  return weekOf(happenings.filter(({ at }) => new Date(at) < until))
}
