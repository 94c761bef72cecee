// Guards: an act belongs to one open page at a time, and to another one only when that page is gone.
//
// IndexedDB, by a library of a few hundred bytes. Each open page holds a lock of its own for as long as it lives, so that another
// page knows whose acts have been left behind.
import { createStore, del, entries, set, type UseStore } from 'idb-keyval'
import type { Kept, Shelf } from './kept.ts'

type Stored = { readonly owner: string; readonly page: string; readonly act: Kept }

const lockOf = (page: string) => `samsyn-outbox-${page}`

/** The shelf of one member at one collaboration; null where the browser keeps nothing (private windows of some). */
export const openShelf = (owner: string): Shelf | null => {
  if (!globalThis.indexedDB || !navigator.locks) return null
  const page = crypto.randomUUID()
  const store: UseStore = createStore('samsyn-outbox', 'acts')
  // Held until the page is gone.
  void navigator.locks.request(lockOf(page), () => new Promise<never>(() => {}))
  const put = (act: Kept) => set(act.key, { owner, page, act } satisfies Stored, store)
  return {
    put,
    drop: (key) => del(key, store),
    adopt: async () => {
      const { held = [] } = await navigator.locks.query()
      const open = new Set(held.map(({ name }) => name))
      const left = (await entries<string, Stored>(store))
        .map(([, stored]) => stored)
        .filter((stored) => stored.owner === owner && stored.page !== page && !open.has(lockOf(stored.page)))
        .map(({ act }) => act)
        .toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
      for (const act of left) await put(act)
      return left
    },
  }
}
