import { compareWords, type TextPiece } from '../graph/words.ts'
import type { PlacedClause, Step, ClauseText } from './text.ts'
import { applySteps, within } from './text.ts'

export interface ClauseComparison {
  readonly clause: string
  readonly change: 'SAME' | 'CHANGED' | 'ADDED' | 'REMOVED'
  readonly moved: boolean
  readonly before: PlacedClause | null
  readonly after: PlacedClause | null
  readonly heading: readonly TextPiece[]
  readonly text: readonly TextPiece[]
}

/**
 * Two texts clause by clause, in the order of the later one; what was removed stands where it stood, after the clause
 * before it that has stayed in its place.
 */
export const compare = (before: readonly PlacedClause[], after: readonly PlacedClause[]): ClauseComparison[] => {
  const was = new Map(before.map((clause) => [clause.id, clause]))
  const is = new Map(after.map((clause) => [clause.id, clause]))
  const moved = movedClauses(before, after)

  const removedAfter = new Map<string | null, PlacedClause[]>()
  let anchor: string | null = null
  for (const clause of before) {
    if (is.has(clause.id)) {
      if (!moved.has(clause.id)) anchor = clause.id
    } else removedAfter.set(anchor, [...(removedAfter.get(anchor) ?? []), clause])
  }
  const removed = (from: string | null): ClauseComparison[] =>
    (removedAfter.get(from) ?? []).map((clause) => ({
      clause: clause.id,
      change: 'REMOVED',
      moved: false,
      before: clause,
      after: null,
      heading: compareWords(clause.heading, ''),
      text: compareWords(clause.text, ''),
    }))
  const present = (clause: PlacedClause): ClauseComparison => {
    const earlier = was.get(clause.id) ?? null
    const same = earlier?.heading === clause.heading && earlier.text === clause.text
    return {
      clause: clause.id,
      change: earlier === null ? 'ADDED' : same ? 'SAME' : 'CHANGED',
      moved: moved.has(clause.id),
      before: earlier,
      after: clause,
      heading: compareWords(earlier?.heading ?? '', clause.heading),
      text: compareWords(earlier?.text ?? '', clause.text),
    }
  }
  return [...removed(null), ...after.flatMap((clause) => [present(clause), ...removed(clause.id)])]
}

/** Clauses that stand under another one, or had to pass a sibling: of those that both texts have, as few as can be. */
const movedClauses = (before: readonly PlacedClause[], after: readonly PlacedClause[]): Set<string> => {
  const was = new Map(before.map(({ parent, id }, index) => [id, { parent, index }]))
  const moved = new Set<string>()
  const families = new Map<string | null, { id: string; index: number }[]>()
  for (const { id, parent } of after) {
    const earlier = was.get(id)
    if (!earlier) continue
    if (earlier.parent !== parent) moved.add(id)
    else families.set(parent, [...(families.get(parent) ?? []), { id, index: earlier.index }])
  }
  for (const family of families.values()) {
    const stay = longestRise(family.map(({ index }) => index))
    family.forEach(({ id }, place) => {
      if (!stay.has(place)) moved.add(id)
    })
  }
  return moved
}

/** Places of one longest increasing subsequence, by patience sorting. */
const longestRise = (values: readonly number[]): Set<number> => {
  const tails: number[] = []
  const previous: (number | undefined)[] = []
  const valueAt = (place: number | undefined) => (place === undefined ? Number.NEGATIVE_INFINITY : (values[place] ?? 0))
  for (const [place, value] of values.entries()) {
    let [low, high] = [0, tails.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (valueAt(tails[middle]) < value) low = middle + 1
      else high = middle
    }
    previous[place] = low > 0 ? tails[low - 1] : undefined
    tails[low] = place
  }
  const found = new Set<number>()
  for (let place = tails.at(-1); place !== undefined; place = previous[place]) found.add(place)
  return found
}

/**
 * Whether what the steps touch is no longer what they were written against: its words differ, it is gone or has been moved,
 * or there is no longer the place where something was to go.
 */
export const isOvertaken = (base: readonly PlacedClause[], latest: readonly PlacedClause[], steps: readonly Step[]): boolean => {
  if (!Array.isArray(applySteps(latest, steps))) return true
  const since = new Map(compare(base, latest).map((comparison) => [comparison.clause, comparison]))
  const added = new Set(steps.filter(({ kind }) => kind === 'ADD').map(({ clause }) => clause))
  const differs = (id: string) => !added.has(id) && since.get(id)?.change !== 'SAME'
  return steps.some(({ kind, clause }) => {
    if (kind === 'ADD' || added.has(clause)) return false
    if (kind === 'MOVE') return differs(clause) || since.get(clause)?.moved === true
    if (kind === 'CHANGE') return differs(clause)
    // What is taken away takes along what stands under it: that too must be what it was.
    const [then, now] = [base, latest].map((clauses: readonly ClauseText[]) => within(clauses, clause))
    return then?.join() !== now?.join() || (now ?? []).some(differs)
  })
}
