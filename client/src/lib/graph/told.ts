// Guards: whoever looks is told of every change, and never in the middle of drawing.
import { createSubscriber } from 'svelte/reactivity'

let beginning = 0

/**
 * Svelte's subscriber, safe to be told in the middle of drawing. Who begins to listen, or looks into the cache, may set the cache, the outbox
 * or the channel going, and they tell all who listen already, at once: just then nothing that is drawn may change, so those are told
 * a moment after. All other news is told when it comes, for whoever did something looks for it right after.
 */
export const createListener = (start: (update: () => void) => (() => void) | void) =>
  createSubscriber((update) => {
    const tell = () => {
      if (beginning > 0) return queueMicrotask(update)
      try {
        update()
      } catch (error) {
        if (!String(error).includes('state_unsafe_mutation')) throw error
        queueMicrotask(update)
      }
    }
    beginning += 1
    try {
      return start(tell)
    } finally {
      beginning -= 1
    }
  })
