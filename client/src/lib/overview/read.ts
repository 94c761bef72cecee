// What the first room asks for before it is drawn; the class finds it in the cache.
import { TaskFilter } from '#lib/tasks/filter.ts'

const entries = 100
/** So many of a list are known at most; the page shows the first of them. */
export const rows = 20
const proposals = 50

/** For whoever was never here before: the last seven days, counted from midnight so that everybody asks alike. */
export const weekBefore = (today: string) => new Date(Date.parse(`${today}T00:00:00Z`) - 7 * 86_400_000).toISOString()

const list = (rest: string) => new TaskFilter(new URLSearchParams(`view=list&sort=DUE_ON&${rest}`))

/** The lists of tasks as one would narrow them by hand: each has an address where all of it is. */
export const filtersFor = (me: string, party: string) => ({
  mine: list(`assignee=${encodeURIComponent(me)}&state=GIVEN&state=ONGOING&state=DELIVERED`),
  due: list(`party=${encodeURIComponent(party)}&state=GIVEN&state=ONGOING`),
  answered: list(`party=${encodeURIComponent(party)}`),
  given: list(`party=${encodeURIComponent(party)}&state=GIVEN`),
  delivered: list('state=DELIVERED'),
})

export const overviewVariables = (since: string, me: string, party: string) => {
  const { mine, due, given, delivered } = filtersFor(me, party)
  return {
    since,
    entries,
    rows,
    proposals,
    mine: mine.input(),
    due: due.input(),
    given: given.input(),
    delivered: delivered.input(),
  }
}
