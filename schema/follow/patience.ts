import { setTimeout as wait } from 'node:timers/promises'
import { problemOf, Refused } from './refused.ts'

export interface Patience {
  /** Ends what is waited for. */
  readonly signal?: AbortSignal | undefined
  /** Told each time that the hub was not reached, and for how long we now wait, in milliseconds: for a log. */
  readonly onTrouble?: ((problem: Error, pause: number) => void) | undefined
}

/** The least and the longest that is waited between two tries, in milliseconds. */
const [LEAST, LONGEST] = [200, 30_000]

/** Pauses that grow from one failure to the next, drawn at random so that all who lost a hub do not come back in one moment. */
export class Pauses {
  readonly #patience: Patience
  #failures = 0

  constructor(patience: Patience) {
    this.#patience = patience
  }

  /** Something was heard: the next failure is a first one. */
  over(): void {
    this.#failures = 0
  }

  /** Waits after a failure. @throws Refused when waiting would change nothing, and the signal's reason when that is aborted. */
  async after(error: unknown): Promise<void> {
    const { signal, onTrouble } = this.#patience
    signal?.throwIfAborted()
    const problem = problemOf(error)
    if (problem instanceof Refused) throw problem
    const most = Math.min(LONGEST, LEAST * 2 ** this.#failures)
    this.#failures += 1
    const pause = Math.round(problem.retryAfter ?? most * (0.5 + Math.random() / 2))
    onTrouble?.(problem, pause)
    await wait(pause, undefined, signal ? { signal } : {})
  }
}

/** The answer, whenever there is one. */
export const patiently = async <Result>(ask: () => Promise<Result>, patience: Patience): Promise<Result> => {
  const pauses = new Pauses(patience)
  for (;;) {
    try {
      return await ask()
    } catch (error) {
      await pauses.after(error)
    }
  }
}
