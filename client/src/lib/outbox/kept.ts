// Guards: an act that has been on its way is kept as it was sent: the same key never comes with another input.
import type { Problem } from '#lib/graph/outcome.ts'

/** An act as it is kept until it has been answered, or until whoever did it has seen why it was refused. */
export interface Kept {
  /** The idempotency key: the same act, however often it is sent. */
  readonly key: string
  /** Mutation field, for example editTask. */
  readonly field: string
  /** The mutation's text, so that a page opened later can send it. */
  readonly document: string
  readonly input: Readonly<Record<string, unknown>>
  /** Global id of what it changes, as stored by the server. */
  readonly subject: string
  /** Global ids that it mentions, its subject's among them: acts that share one go in order. */
  readonly things: readonly string[]
  /** What stood there when it was done, field by field, to be shown in a conflict. */
  readonly base: Readonly<Record<string, unknown>>
  /** When it was done: an instant in ISO 8601 by this device's clock, for its owner's eyes. */
  readonly at: string
  /** Whether it has been on its way at least once: then its input must stay as it was sent. */
  readonly sent: boolean
  /** Why it was not done; null while it waits. */
  readonly problem: Problem | null
}

/** Where acts are kept over a reload. */
export interface Shelf {
  /** Those left behind by pages that are no longer open, oldest first. They are this page's from now on. */
  readonly adopt: () => Promise<readonly Kept[]>
  readonly put: (act: Kept) => Promise<void>
  readonly drop: (key: string) => Promise<void>
}
