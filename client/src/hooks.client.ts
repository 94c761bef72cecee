/** How long a page that is shown may wait for its first picture before it comes to life all the same, in milliseconds. */
const longest = 1000

/**
 * What the server drew is seen before the page comes to life: drawing it and making it live in one go kept a slow phone white for twice as
 * long. Nothing is painted in a tab that isn't looked at, so there, and where a browser never says, nobody waits.
 */
export const init = (): Promise<void> | undefined => {
  if (document.visibilityState === 'hidden') return undefined
  return new Promise((resolve) => {
    setTimeout(resolve, longest)
    document.addEventListener('visibilitychange', () => resolve(), { once: true })
    requestAnimationFrame(() => setTimeout(resolve))
  })
}
