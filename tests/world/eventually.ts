const EVERY_MS = 20

/**
 * The one place where a test waits for a condition: asks again and again until the answer is neither undefined nor false,
 * and fails with `what` when it does not come in time. For what tells of itself, wait for the event instead.
 */
export const eventually = async <Answer>(
  what: string,
  ask: () => Answer | Promise<Answer>,
  within = 10_000,
): Promise<Exclude<Answer, undefined | false>> => {
  const end = performance.now() + within
  for (;;) {
    const answer = await ask()
    if (answer !== undefined && answer !== false) return answer as Exclude<Answer, undefined | false>
    if (performance.now() > end) throw new Error(`not within ${within} ms: ${what}`)
    await new Promise<void>((resolve) => void setTimeout(resolve, EVERY_MS))
  }
}

/** What comes from `event`, or a failure with `what` when it does not come in time. */
export const inTime = async <Result>(what: string, event: Promise<Result>, within = 10_000): Promise<Result> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Error(`not within ${within} ms: ${what}`)), within)
  })
  try {
    return await Promise.race([event, late])
  } finally {
    clearTimeout(timer)
  }
}
