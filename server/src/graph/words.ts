import { diffWordsWithSpace } from 'diff'

/** A stretch of words that both have, or one of them. */
export interface TextPiece {
  readonly kind: 'KEPT' | 'ADDED' | 'REMOVED'
  readonly text: string
}

/** Past so many differences nobody reads word by word, and looking for the fewest would cost more than it tells. */
const MOST_DIFFERENCES = 2_000

/** Word by word. Nothing is lost: KEPT and REMOVED are what was, KEPT and ADDED what is. */
export const compareWords = (before: string, after: string): TextPiece[] => {
  if (before === after) return before === '' ? [] : [{ kind: 'KEPT', text: before }]
  const pieces = before && after ? diffWordsWithSpace(before, after, { maxEditLength: MOST_DIFFERENCES }) : undefined
  if (pieces)
    return pieces.map(({ added, removed, value }) => ({ kind: added ? 'ADDED' : removed ? 'REMOVED' : 'KEPT', text: value }))
  const whole: TextPiece[] = [
    { kind: 'REMOVED', text: before },
    { kind: 'ADDED', text: after },
  ]
  return whole.filter(({ text }) => text !== '')
}
