import type { Proposal } from '@samsyn/prisma/client'
import { InvalidInput } from '../graph/failures.ts'
import { applySteps, type PlacedClause, type Step } from './text.ts'

/** A step as asked for: its clause may be one that the caller has minted. */
export interface WantedStep extends Step {
  /** Whether the caller named the clause by an id of its own minting. */
  readonly minted: boolean
}

/** What the database keeps of a proposal's steps is what the service wrote there. */
export const stepsOf = ({ changes }: Pick<Proposal, 'changes'>): Step[] => changes as unknown as Step[]

export const storedSteps = (steps: readonly Step[]): { [key in keyof Step]: Step[key] }[] =>
  steps.map(({ kind, clause, parent, after, heading, text }) => ({ kind, clause, parent, after, heading, text }))

/** Refuses steps that do not fit the text that they are written against, each beside its field. */
export const assertFits = (base: readonly PlacedClause[], wanted: readonly WantedStep[], before: readonly Step[] = []): void => {
  // A clause is added under an id of one's own minting, or under the one that it got when the draft was last saved.
  const known = new Set(before.filter(({ kind }) => kind === 'ADD').map(({ clause }) => clause))
  const stranger = wanted.findIndex(({ kind, minted, clause }) => kind === 'ADD' && !minted && !known.has(clause))
  if (stranger >= 0) throw new InvalidInput([{ field: `changes.${stranger}.clause`, code: 'UNKNOWN' }])
  const made = applySteps(base, wanted)
  if (Array.isArray(made)) return
  const { step, field, code, limit } = made
  throw new InvalidInput([
    { field: step === undefined ? 'changes' : `changes.${step}.${field}`, code, ...(limit !== undefined && { limit }) },
  ])
}
