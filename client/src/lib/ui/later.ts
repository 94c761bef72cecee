// Guards: the browser is never busy for longer than a moment with making alive what the server drew, and nothing done meanwhile is lost.
//
// Svelte makes a page alive in one go; a board of two hundred cards answers nobody for a second on a slow phone. What stands in a
// `Later` keeps what the server drew, and comes alive when the browser has time, or at once when somebody turns to it.

/** As long as what is drawn is what the server drew. */
let first = true
const waiting = new Map<Element, () => void>()
const ready = new Set<() => void>()

/** What somebody does first with a part of the page. Heard before the part itself hears it. */
const turnings = ['pointerover', 'pointerdown', 'focusin', 'keydown', 'click', 'dragover'] as const

const turned = ({ target }: Event) => {
  // The outermost first: what stands in it begins to wait only then.
  if (!(target instanceof Element)) return
  const around: Element[] = []
  for (let part = target.closest('[data-later]'); part; part = part.parentElement?.closest('[data-later]') ?? null)
    around.unshift(part)
  for (const part of around) wake(part)
}

function wake(part: Element) {
  const run = waiting.get(part)
  if (!run) return
  waiting.delete(part)
  first = true
  try {
    run()
  } finally {
    first = false
    if (waiting.size === 0) settle()
  }
}

function settle() {
  for (const event of turnings) removeEventListener(event, turned, true)
  for (const run of ready) run()
  ready.clear()
}

/** At a time: what a frame has to spare on a quick machine, and what nobody notices on a slow one. */
const share = 8

const idle = (run: () => void) =>
  'requestIdleCallback' in globalThis ? requestIdleCallback(run, { timeout: 500 }) : setTimeout(run)

function work() {
  const until = performance.now() + share
  try {
    do {
      const next = waiting.keys().next()
      if (next.done) return settle()
      wake(next.value)
    } while (performance.now() < until)
  } finally {
    // What fails is told as any failure is, and the rest has its turn.
    if (waiting.size > 0) idle(work)
  }
}

/** Whether a part that is drawn now stands on the page already. */
export const isDrawn = () => first

/** Keeps a part waiting until there is time; the answer lets go of it. */
export const later = (part: Element, run: () => void) => {
  waiting.set(part, run)
  return () => void waiting.delete(part)
}

/** The page itself is alive: what all its parts use is made ready, which is a moment of its own; they follow, and `run` after the last. */
export const begin = (prepare: () => void, run: () => void) => {
  first = false
  ready.add(run)
  if (waiting.size === 0) return settle()
  for (const event of turnings) addEventListener(event, turned, true)
  idle(() => {
    idle(work)
    prepare()
  })
}
