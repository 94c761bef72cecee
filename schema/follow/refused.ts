/** What a hub says of a question that it answers again some other time. Anything else is refused for good. */
const passing = new Set([
  'TRY_AGAIN',
  'RATE_LIMITED',
  'TOO_MANY_SUBSCRIPTIONS',
  'TOO_MANY_FOLLOWERS',
  'TOO_MANY_OPERATIONS',
  'INTERNAL_SERVER_ERROR',
])

/** Closed by the hub because the key does not hold, or because it was not understood: coming again changes nothing. */
const lasting = new Set([4400, 4401, 4403, 4406])

/** The hub was reached and said no: the key does not hold, or the document is not one that it executes. */
export class Refused extends Error {
  override readonly name = 'Refused'
  /** As the hub names it, for example `UNAUTHENTICATED` or `TOO_EXPENSIVE`; undefined where it gives none. */
  readonly code: string | undefined

  constructor(message: string, code?: string) {
    super(message)
    this.code = code
  }
}

/** The hub is away, restarting or busy: the same question is answered later. */
export class Unreached extends Error {
  override readonly name = 'Unreached'
  /** How long the hub asks us to wait, in milliseconds; undefined when it says nothing. */
  readonly retryAfter: number | undefined

  constructor(message: string, retryAfter?: number) {
    super(message)
    this.retryAfter = retryAfter
  }
}

interface Told {
  readonly message: string
  readonly extensions?: { readonly code?: unknown; readonly retryAfter?: unknown } | undefined
}

/** What the errors of an answer mean for whoever asked. */
export const problemIn = ([first]: readonly Told[]): Refused | Unreached => {
  const { code, retryAfter } = first?.extensions ?? {}
  const message = first?.message ?? 'no answer'
  if (typeof code === 'string' && !passing.has(code)) return new Refused(message, code)
  return new Unreached(message, typeof retryAfter === 'number' ? retryAfter : undefined)
}

/** What ended a subscription: errors of the operation, the socket's end, or no socket at all. */
export const problemOf = (error: unknown): Refused | Unreached => {
  if (error instanceof Refused || error instanceof Unreached) return error
  if (Array.isArray(error)) return problemIn(error as Told[])
  if (typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'number') {
    const reason = 'reason' in error && error.reason ? String(error.reason) : `closed with ${error.code}`
    return lasting.has(error.code) ? new Refused(reason) : new Unreached(reason)
  }
  return new Unreached(error instanceof Error ? error.message : 'not reached')
}
