import { createHash } from 'node:crypto'

/**
 * Guards: what a text is, what steps make of it, and what is signed, are worked out in one place and without a database.
 *
 * A text is its clauses in reading order: each before those that stand under it. Steps are applied in turn, each to what
 * those before it made; the first that does not fit is the problem, and nothing is made of the rest.
 */
export interface ClauseText {
  readonly id: string
  /** The clause it stands under, null at the top. */
  readonly parent: string | null
  readonly heading: string
  readonly text: string
}

export interface PlacedClause extends ClauseText {
  /** As shown: 2.1. */
  readonly number: string
  readonly depth: number
}

/** One step of a proposal. Of a change, null stands for what stays; of a place, for the top and for first. */
export interface Step {
  readonly kind: 'CHANGE' | 'ADD' | 'MOVE' | 'REMOVE'
  readonly clause: string
  readonly parent: string | null
  readonly after: string | null
  readonly heading: string | null
  readonly text: string | null
}

export interface Problem {
  /** Which step, from 0; undefined for the text as a whole. */
  readonly step: number | undefined
  readonly field: 'clause' | 'parent' | 'after'
  readonly code: 'UNKNOWN' | 'TAKEN' | 'TOO_MANY'
  readonly limit?: number
}

export const MOST_CLAUSES = 1_000
export const DEEPEST = 4

/** The text that the steps make, or the first problem. */
export const applySteps = (clauses: readonly ClauseText[], steps: readonly Step[]): ClauseText[] | Problem => {
  const tree = new Tree(clauses)
  for (const [index, step] of steps.entries()) {
    const problem = tree.take(step)
    if (problem) return { step: index, ...problem }
  }
  const made = tree.clauses()
  return made.length > MOST_CLAUSES ? { step: undefined, field: 'clause', code: 'TOO_MANY', limit: MOST_CLAUSES } : made
}

/** A clause with all that stands under it, itself first. */
export const within = (clauses: readonly ClauseText[], id: string): string[] => new Tree(clauses).under(id)

class Tree {
  readonly #words = new Map<string, { parent: string | null; heading: string; text: string }>()
  readonly #children = new Map<string | null, string[]>()

  constructor(clauses: readonly ClauseText[]) {
    for (const { id, parent, heading, text } of clauses) {
      this.#words.set(id, { parent, heading, text })
      this.#of(parent).push(id)
    }
  }

  take({ kind, clause, parent, after, heading, text }: Step): Omit<Problem, 'step'> | undefined {
    const words = this.#words.get(clause)
    if (kind === 'ADD') {
      if (words) return { field: 'clause', code: 'TAKEN' }
      return this.#put(clause, { heading: heading ?? '', text: text ?? '' }, parent, after)
    }
    if (!words) return { field: 'clause', code: 'UNKNOWN' }
    if (kind === 'CHANGE') this.#words.set(clause, { ...words, heading: heading ?? words.heading, text: text ?? words.text })
    if (kind === 'MOVE') {
      // Nothing stands under itself.
      if (parent !== null && this.under(clause).includes(parent)) return { field: 'parent', code: 'UNKNOWN' }
      this.#take(clause, words.parent)
      return this.#put(clause, words, parent, after)
    }
    if (kind === 'REMOVE') {
      this.#take(clause, words.parent)
      for (const id of this.under(clause)) this.#words.delete(id)
    }
    return undefined
  }

  under(id: string): string[] {
    return [id, ...this.#of(id).flatMap((child) => this.under(child))]
  }

  clauses(): ClauseText[] {
    return this.#of(null)
      .flatMap((id) => this.under(id))
      .map((id) => {
        const words = this.#words.get(id)
        if (!words) throw new Error(`a clause without words: ${id}`)
        return { id, ...words }
      })
  }

  #put(
    id: string,
    words: { heading: string; text: string },
    parent: string | null,
    after: string | null,
  ): Omit<Problem, 'step'> | undefined {
    if (parent !== null && !this.#words.has(parent)) return { field: 'parent', code: 'UNKNOWN' }
    if (this.#depth(parent) + this.#height(id) > DEEPEST + 1) return { field: 'parent', code: 'TOO_MANY', limit: DEEPEST }
    const siblings = this.#of(parent)
    const place = after === null ? 0 : siblings.indexOf(after) + 1
    if (after !== null && place === 0) return { field: 'after', code: 'UNKNOWN' }
    siblings.splice(place, 0, id)
    this.#words.set(id, { ...words, parent })
    return undefined
  }

  #take(id: string, parent: string | null): void {
    this.#children.set(
      parent,
      this.#of(parent).filter((child) => child !== id),
    )
  }

  #of(parent: string | null): string[] {
    const found = this.#children.get(parent)
    if (found) return found
    const none: string[] = []
    this.#children.set(parent, none)
    return none
  }

  /** How many clauses stand above what is put under this one. */
  #depth(parent: string | null): number {
    let depth = 0
    for (let id = parent; id !== null; id = this.#words.get(id)?.parent ?? null) depth += 1
    return depth
  }

  #height(id: string): number {
    return 1 + Math.max(0, ...this.#of(id).map((child) => this.#height(child)))
  }
}

/** The numbers that reading order gives: 1, 1.1, 1.2, 2. */
export const placed = (clauses: readonly ClauseText[]): PlacedClause[] => {
  const numbers = new Map<string | null, { number: string; depth: number; children: number }>([
    [null, { number: '', depth: -1, children: 0 }],
  ])
  return clauses.map((clause) => {
    const above = numbers.get(clause.parent)
    if (!above) throw new Error(`out of reading order: ${clause.id}`)
    above.children += 1
    const number = above.number === '' ? String(above.children) : `${above.number}.${above.children}`
    numbers.set(clause.id, { number, depth: above.depth + 1, children: 0 })
    return { ...clause, number, depth: above.depth + 1 }
  })
}

/** What a signature is on, in the canonical form of RFC 8785, as hex of its SHA-256. */
export const hashOfText = (agreement: string, number: number, title: string, clauses: readonly PlacedClause[]): string =>
  createHash('sha256')
    .update(
      canonical({
        agreement,
        number,
        title,
        clauses: clauses.map(({ id, parent, number: shown, heading, text }) => ({ id, parent, number: shown, heading, text })),
      }),
    )
    .digest('hex')

type Json = string | number | null | readonly Json[] | { readonly [key: string]: Json }

/** Of texts, whole numbers and null, JSON.stringify writes what RFC 8785 says; the order of names is ours to keep. */
const canonical = (value: Json): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  return `{${Object.entries(value)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, item]) => `${JSON.stringify(name)}:${canonical(item)}`)
    .join(',')}}`
}
