import { createSubscriber } from 'svelte/reactivity'

let beginning = 0

/**
 * Svelte's subscriber, safe to begin in the middle of drawing. Who begins to listen may set the cache, the outbox or the channel going, and
 * they tell all who listen already, at once: just then nothing that is drawn may change, so those are told a moment after. All other
 * news is told when it comes, for whoever did something looks for it right after.
 */
export const createListener = (start: (update: () => void) => (() => void) | void) =>
  createSubscriber((update) => {
    beginning += 1
    try {
      return start(() => (beginning > 0 ? queueMicrotask(update) : update()))
    } finally {
      beginning -= 1
    }
  })
