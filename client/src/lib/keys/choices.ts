import type { Key } from '#lib/graph/subjects.ts'

/** What a key may be for. */
export const SLICES: Key['slices'] = ['TASKS', 'COMMENTS', 'AGREEMENT', 'FILES']
/** For how many days a key may hold. */
export const LIVES = [7, 30, 90, 180, 365]
/** For how many hours the key that is replaced may go on. */
export const OVERLAPS = [0, 1, 24, 72, 168]
