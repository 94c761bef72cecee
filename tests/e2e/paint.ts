import type { Page } from 'playwright-core'

// When a page has painted what: a fact is something that a reader sees, and its time the first frame that shows it. Date.now()
// is the machine's clock here, in the page and in the database, so that times of all three can be compared.

export interface Seen {
  readonly fact: string
  readonly at: number
}

/** What the page's own script keeps while it is watched. */
interface Watcher {
  readonly seen: Seen[]
  readonly arrivals: { readonly at: number; readonly data: string }[]
  readonly raw: number[]
}
declare global {
  interface Window {
    watcher: Watcher
  }
}

/** Before the page loads: notes when its sockets hear something. */
export const noteArrivals = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    const arrivals: { at: number; data: string }[] = []
    window.watcher = { seen: [], arrivals, raw: [] }
    const Native = window.WebSocket
    window.WebSocket = class extends Native {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(url, protocols)
        this.addEventListener('message', ({ data }) => arrivals.push({ at: Date.now(), data: String(data) }))
      }
    }
  })

/** Once it is open: notes when each title on the board, the column of `task` and each comment is first painted. */
export const notePaints = (page: Page, task: string): Promise<void> =>
  page.evaluate((talk) => {
    const { seen } = window.watcher
    const facts = () => [
      ...[...document.querySelectorAll('article.card h3')].map((title) => `title ${title.textContent.trim()}`),
      ...[...document.querySelectorAll('article.comment p')].map((words) => `comment ${words.textContent.trim()}`),
      `column ${document.querySelector(`[data-task="${talk}"]`)?.closest('[data-column]')?.getAttribute('data-column')}`,
    ]
    let before = new Set(facts())
    let asked = false
    // After the frame: the callback of the next one runs before it is painted, a message posted there after.
    const frame = () => {
      asked = false
      const shown = facts()
      const channel = new MessageChannel()
      channel.port1.addEventListener('message', () => {
        const at = Date.now()
        for (const fact of shown) if (!before.has(fact)) seen.push({ fact, at })
        before = new Set(shown)
      })
      channel.port1.start()
      channel.port2.postMessage(null)
    }
    new MutationObserver(() => {
      if (!asked) requestAnimationFrame(frame)
      asked = true
    }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true })
  }, task)

/** Until the page has painted the fact for the `times`-th time; gives when. */
export const painted = async (page: Page, fact: string, times = 1): Promise<number> => {
  const found = await page
    .waitForFunction(
      ([wanted, count]) => window.watcher.seen.filter((seen) => seen.fact === wanted)[Number(count) - 1]?.at,
      [fact, times] as const,
      { timeout: 10_000 },
    )
    .catch(async (error: unknown) => {
      const last = await page.evaluate(() => window.watcher.seen.slice(-5).map((seen) => seen.fact))
      throw new Error(`not painted: ${fact}, ${times}; last: ${last.join(', ')}`, { cause: error })
    })
  return (await found.jsonValue()) ?? Number.NaN
}

export const arrivalOf = (page: Page, words: string): Promise<number | undefined> =>
  page.evaluate((wanted) => window.watcher.arrivals.find(({ data }) => data.includes(wanted))?.at, words)
