const [MINUTE, HOUR] = [60_000, 3_600_000]

/** After each attempt in vain, how long until the next; then twelve hours every time, until three days are over. */
const DELAYS = [5_000, MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 12 * HOUR]

/** How long nothing is taken before the hub stops trying. */
export const PATIENCE_MS = 72 * HOUR

/** Spread over two fifths, so that all that failed together does not come back together. `chance` is from 0 to 1. */
export const delayAfter = (attempts: number, chance: number): number =>
  (DELAYS[Math.min(attempts, DELAYS.length) - 1] ?? 0) * (0.8 + 0.4 * chance)
