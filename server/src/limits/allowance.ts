/**
 * Guards: nobody keeps a server so busy that it has no time for the others.
 *
 * Each person, and each program's key, may spend so much in a minute, at this server, over all sessions, sockets and requests. It comes
 * back evenly, and never grows beyond a minute's worth, so that an hour of quiet is no licence. Kept is one time for each: when all of
 * it will be there again. Whoever has all of it is not kept at all.
 */
export interface Standing {
  /** A minute's worth. */
  readonly limit: number
  /** What may be spent now. */
  readonly remaining: number
  /** Seconds until all of it is there again. */
  readonly reset: number
}

/** Whether it was granted; if not, when it would be, in milliseconds from now. */
export type Grant = { readonly granted: true } | { readonly granted: false; readonly retryAfter: number }

const MINUTE_MS = 60_000

export class Allowance {
  readonly #limit: number
  readonly #now: () => number
  /** When each has all of it again. */
  readonly #full = new Map<string, number>()
  #swept: number

  constructor(limit: number, now: () => number) {
    this.#limit = limit
    this.#now = now
    this.#swept = now()
  }

  take(who: string, cost: number): Grant {
    const now = this.#now()
    this.#sweep(now)
    const full = Math.max(this.#full.get(who) ?? 0, now) + (cost * MINUTE_MS) / this.#limit
    const over = full - now - MINUTE_MS
    if (over > 0) return { granted: false, retryAfter: Math.ceil(over) }
    this.#full.set(who, full)
    return { granted: true }
  }

  standing(who: string): Standing {
    const away = Math.max((this.#full.get(who) ?? 0) - this.#now(), 0)
    return {
      limit: this.#limit,
      remaining: Math.floor(((MINUTE_MS - away) * this.#limit) / MINUTE_MS),
      reset: Math.ceil(away / 1_000),
    }
  }

  /** How many have less than all of it, as far as has been looked. */
  get kept(): number {
    return this.#full.size
  }

  #sweep(now: number): void {
    if (now - this.#swept < MINUTE_MS) return
    this.#swept = now
    for (const [who, full] of this.#full) if (full <= now) this.#full.delete(who)
  }
}

/** As header fields of draft-ietf-httpapi-ratelimit-headers-10. */
export const rateHeaders = ({ limit, remaining, reset }: Standing): Readonly<Record<string, string>> => ({
  'ratelimit-policy': `"cost";q=${limit};w=${MINUTE_MS / 1_000}`,
  ratelimit: `"cost";r=${remaining};t=${reset}`,
})
