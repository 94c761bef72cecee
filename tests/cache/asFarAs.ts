// A list that is loaded in part and loses one shows the rest, and its end is where it was: what stands beyond is asked for by whoever
// goes on from there. So such a list is held against the beginning of what a fresh load has; its number and its order in full.

interface Connection {
  readonly nodes: readonly unknown[]
  readonly pageInfo: { readonly hasNextPage: boolean }
}

const isConnection = (value: object): value is Connection =>
  'nodes' in value &&
  Array.isArray(value.nodes) &&
  'pageInfo' in value &&
  typeof value.pageInfo === 'object' &&
  value.pageInfo !== null

/** What a fresh load has, as far as the held lists are loaded. */
export const asFarAs = (held: unknown, fresh: unknown): unknown => {
  if (typeof held !== 'object' || held === null || typeof fresh !== 'object' || fresh === null) return fresh
  if (Array.isArray(held) && Array.isArray(fresh)) return fresh.map((one, index) => asFarAs(held[index], one))
  const known = Object.entries(fresh).map(([field, value]) => [field, asFarAs(Reflect.get(held, field), value) as unknown])
  const made = Object.fromEntries(known) as Record<string, unknown>
  if (!isConnection(held) || !isConnection(fresh) || !held.pageInfo.hasNextPage || held.nodes.length >= fresh.nodes.length)
    return made
  return { ...made, nodes: (made['nodes'] as unknown[]).slice(0, held.nodes.length), pageInfo: held.pageInfo }
}
