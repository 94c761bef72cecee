import type { Slice } from '@samsyn/prisma/client'

/**
 * Guards: whoever reads but some of what there is says so where the transaction begins, and PostgreSQL holds the rest back.
 *
 * Persons, and what the hub does by itself, read all slices. A program reads those of its key: the others do not exist for it, whichever
 * door it comes by, since what is asked in a transaction is told of the slices that the transaction names (`data/scope.ts`).
 */
export const SLICES = ['TASKS', 'COMMENTS', 'AGREEMENT', 'FILES'] as const satisfies readonly Slice[]

/** Each once, in the one order: the same slices are always the same words. */
export const slicesOf = (given: readonly string[]): readonly Slice[] => SLICES.filter((slice) => given.includes(slice))
