import { createSubscriber } from 'svelte/reactivity'

/**
 * Svelte's subscriber, told of news a moment after it came. The cache, the outbox and the channel tell all who listen at once, and may do so
 * because somebody has just begun to listen: in the middle of drawing a page, when nothing that is drawn may change.
 */
export const createListener = (start: (update: () => void) => (() => void) | void) =>
  createSubscriber((update) => start(() => queueMicrotask(update)))
