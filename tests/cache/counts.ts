import { expect } from 'vitest'
import { registry, type EventKind } from '../../server/src/journal/registry.ts'

/** How often each kind of event has come under open pages: entries, however many were told of one. */
export class Counts {
  readonly #entries = new Map<string, Set<string>>()
  readonly #told = new Map<string, number>()
  readonly #gone = new Map<string, number>()

  note({ id, kind, gone }: { readonly id: string; readonly kind: string; readonly gone: boolean }): void {
    this.#entries.set(kind, (this.#entries.get(kind) ?? new Set()).add(id))
    this.#told.set(kind, (this.#told.get(kind) ?? 0) + 1)
    if (gone) this.#gone.set(kind, (this.#gone.get(kind) ?? 0) + 1)
  }

  of(kind: EventKind): number {
    return this.#entries.get(kind)?.size ?? 0
  }

  /** Those that have not come so often. */
  missing(least: number): EventKind[] {
    return kinds.filter((kind) => this.of(kind) < least)
  }

  table(): string {
    const rows = kinds.map((kind) => [kind, this.of(kind), this.#told.get(kind) ?? 0, this.#gone.get(kind) ?? 0])
    const all = [['kind', 'entries', 'told', 'gone'], ...rows]
    return all
      .map(([kind, ...numbers]) => String(kind).padEnd(24) + numbers.map((number) => String(number).padStart(8)).join(''))
      .join('\n')
  }

  /** Fails with the names of those that have not. */
  expectEach(least: number): void {
    expect(
      this.missing(least).map((kind) => `${kind}: ${this.of(kind)}`),
      `kinds of events that came fewer than ${least} times`,
    ).toEqual([])
  }
}

export const kinds = Object.keys(registry) as readonly EventKind[]
