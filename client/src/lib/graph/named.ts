// Guards: a thing that is asked for by its id is there when anything has told of it, and gone when the server says that there is none.
import type { Cache, CacheExchangeOpts, DataFields } from '@urql/exchange-graphcache'
import { keyOf } from './ids.ts'
import { forget } from './lists.ts'

/** How things are found by their ids. */
export const named: NonNullable<NonNullable<CacheExchangeOpts['resolvers']>[string]> = {
  // A thing that any list has loaded opens at once; null only when the server has said so.
  node: (_, args, cache) => {
    const { id } = args
    if (typeof id !== 'string') return null
    const key = keyOf(id)
    const known = cache.resolve('Query', 'node', { id })
    return cache.resolve(key, '__typename') === undefined ? (known as null | undefined) : key
  },
  // The same for several: what has come to be known since it was asked for is there, whatever was answered then.
  nodes: (_, args, cache) => {
    const { ids } = args
    if (!Array.isArray(ids)) return undefined
    const known: unknown = cache.resolve('Query', 'nodes', { ids })
    const keys = ids.map((id: unknown, index): string | null | undefined => {
      const key = keyOf(String(id))
      if (cache.resolve(key, '__typename') !== undefined) return key
      return Array.isArray(known) ? (known[index] as string | null | undefined) : undefined
    })
    return keys.includes(undefined) ? undefined : (keys as string[])
  },
}

const forgetKnown = (cache: Cache, id: unknown) => {
  const key = keyOf(String(id))
  if (cache.resolve(key, '__typename') !== undefined) forget(cache, key)
}

/**
 * What is no more without that anything told so: after a restore, what came after the backup. What only waits to be sent shows
 * in a layer above, which this does not reach.
 */
export const unnamed: NonNullable<NonNullable<CacheExchangeOpts['updates']>[string]> = {
  node: (answer: DataFields, { id }, cache) => {
    if (answer.node === null) forgetKnown(cache, id)
  },
  nodes: ({ nodes }: DataFields, { ids }, cache) => {
    if (!Array.isArray(nodes) || !Array.isArray(ids)) return
    for (const [index, id] of (ids as unknown[]).entries()) if (nodes[index] === null) forgetKnown(cache, id)
  },
}
