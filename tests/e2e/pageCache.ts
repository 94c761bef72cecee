import type { Page } from 'playwright-core'

// What a page's normalised cache holds, read through the debugger: among all maps of the page, the two that hold the records
// and the links of the root query. So the page needs no door for tests, and what is compared is what people run.

/** Entity → field → value or link. */
export type CacheDump = Readonly<Record<string, Readonly<Record<string, unknown>>>>

export const dumpCache = async (page: Page): Promise<CacheDump> => {
  const debug = await page.context().newCDPSession(page)
  try {
    const { result } = await debug.send('Runtime.evaluate', { expression: 'Map.prototype' })
    const { objects } = await debug.send('Runtime.queryObjects', { prototypeObjectId: result.objectId ?? '' })
    const { result: dump, exceptionDetails } = await debug.send('Runtime.callFunctionOn', {
      objectId: objects.objectId ?? '',
      returnByValue: true,
      functionDeclaration: `function () {
        const dump = {}
        for (const map of this) {
          if (map.constructor !== Map) continue
          const root = map.get('Query')
          if (!root || Object.getPrototypeOf(root) !== null) continue
          for (const [entity, fields] of map) dump[entity] = { ...dump[entity], ...fields }
        }
        return dump
      }`,
    })
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
    return dump.value as CacheDump
  } finally {
    await debug.detach()
  }
}

/** Everything in which the page's cache is not what a fresh load holds, except how far each has come. */
export const differences = (held: CacheDump, fresh: CacheDump): string[] =>
  Object.entries(fresh).flatMap(([entity, fields]) =>
    Object.entries(fields)
      .filter(([field]) => !(entity === 'Query' && /^(?:personalC|c)ursor$/.test(field)))
      .filter(([field, value]) => JSON.stringify(held[entity]?.[field]) !== JSON.stringify(value))
      .map(
        ([field, value]) => `${entity}.${field}: ${JSON.stringify(held[entity]?.[field])} instead of ${JSON.stringify(value)}`,
      ),
  )
