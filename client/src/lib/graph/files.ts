// Files in the lists of what they are attached to, by the server's rules (`lists.ts` says how). Such a list is short and whole.
import type { Cache } from '@urql/exchange-graphcache'

const text = (value: unknown) => (typeof value === 'string' ? value : null)

/** A file joins what is attached to its task, comment or version, in the order attached, and leaves it when it is removed. */
export const placeFile = (cache: Cache, key: string) => {
  const attached = (file: string) =>
    `${text(cache.resolve(file, 'attachedAt')) ?? ''} ${atob(text(cache.resolve(file, 'id')) ?? '')}`
  const at = attached(key)
  for (const field of ['task', 'comment', 'agreementVersion']) {
    const place = text(cache.resolve(key, field))
    const files = cache.resolve(place, 'files')
    if (place === null || !Array.isArray(files)) continue
    const others = files.filter((file): file is string => typeof file === 'string' && file !== key)
    const before = others.filter((file) => attached(file) < at)
    const there = cache.resolve(key, 'removedAt') ? [] : [key]
    cache.link(place, 'files', [...before, ...there, ...others.slice(before.length)])
  }
}
