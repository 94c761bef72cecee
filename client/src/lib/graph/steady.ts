// Guards: only acts with a key are sent again, and as they were: what was lost on the way happens once.
//
// A mutation whose answer was lost, on the way or where it could not be read any more, is sent again as it was: same body, same
// idempotency key, so that it happens once. Meanwhile what it promised stays on the page.
const patience = [400, 1600]
const limit = 20_000

const later = (milliseconds: number) => new Promise<void>((done) => setTimeout(done, milliseconds))

export const steady =
  (base: typeof fetch): typeof fetch =>
  async (resource, init) => {
    const isAct = typeof init?.body === 'string' && init.body.includes('"idempotencyKey"')
    for (const wait of isAct ? patience : []) {
      try {
        const response = await once(base, resource, init)
        if (!(await isLost(response))) return response
      } catch (failure) {
        if (init?.signal?.aborted) throw failure
      }
      await later(wait)
    }
    return once(base, resource, init)
  }

/** It has been done, says the answer, and what came of it could not be read. */
const isLost = async (response: Response) => (await response.clone().text()).includes('"code":"ANSWER_LOST"')

const once = (base: typeof fetch, resource: Parameters<typeof fetch>[0], init: RequestInit | undefined) => {
  const timeout = AbortSignal.timeout(limit)
  return base(resource, { ...init, signal: init?.signal ? AbortSignal.any([init.signal, timeout]) : timeout })
}
