// Versions and proposals in the lists of their agreement, by the server's rules (`lists.ts` says how).
import type { Cache } from '@urql/exchange-graphcache'
import type { Change } from './changes.ts'
import { compareProposals, type ProposalFacts } from './order.ts'
import { windowsOf } from './window.ts'

const text = (value: unknown) => (typeof value === 'string' ? value : null)

/** A version joins the versions of its agreement, newest first. */
export const placeVersion = (cache: Cache, key: string, entries?: readonly Change[]) => {
  const agreement = text(cache.resolve(key, 'agreement'))
  const number = (version: string) => Number(cache.resolve(version, 'number'))
  if (!agreement) return
  for (const window of windowsOf(
    cache,
    agreement,
    'versions',
    ({ nodes: [a] }, { nodes: [b] }) => number(b ?? '') - number(a ?? ''),
  )) {
    if (window.has(key)) continue
    window.place(key, (other) => number(other) < number(key))
    window.save(entries?.some(({ kind }) => kind === 'version.made') ? 1 : 0, entries !== undefined)
  }
}

const factsOf = (cache: Cache, key: string): ProposalFacts => ({
  id: text(cache.resolve(key, 'id')) ?? '',
  createdAt: text(cache.resolve(key, 'createdAt')) ?? '',
  openedAt: text(cache.resolve(key, 'openedAt')),
})

const isOwn = (cache: Cache, key: string) => {
  const viewer = text(cache.resolve('Query', 'viewer'))
  return cache.resolve(key, 'party') === cache.resolve(viewer, 'party')
}

/** The state that it had for this party before these entries, latest first; null when there was nothing to read. */
const stateBefore = (cache: Cache, key: string, entries: readonly Change[], now: string | null): string | null => {
  let state = now
  for (const { kind } of entries) {
    if (kind === 'proposal.drafted') return null
    if (kind === 'proposal.opened') {
      if (!isOwn(cache, key)) return null
      state = 'DRAFT'
    }
    if (kind === 'proposal.withdrawn') state = cache.resolve(key, 'openedAt') ? 'OPEN' : 'DRAFT'
    if (kind === 'proposal.incorporated' || kind === 'proposal.rejected' || kind === 'proposal.overtaken') state = 'OPEN'
  }
  return state
}

/** A proposal takes its place among its agreement's, in those lists that want its state. */
export const placeProposal = (cache: Cache, key: string, entries?: readonly Change[]) => {
  const agreement = text(cache.resolve(key, 'agreement'))
  const state = text(cache.resolve(key, 'state'))
  if (!agreement || !state) return
  // What is compared follows from the steps: whoever shows it asks for it anew.
  if (entries?.some(({ kind }) => kind === 'proposal.edited')) cache.invalidate(key, 'comparison')
  const then = entries ? stateBefore(cache, key, entries, state) : null
  const now = factsOf(cache, key)
  const firstOf = ({ nodes: [a] }: { nodes: string[] }, { nodes: [b] }: { nodes: string[] }) =>
    a && b ? compareProposals(factsOf(cache, a), factsOf(cache, b)) : a ? -1 : b ? 1 : 0
  for (const window of windowsOf(cache, agreement, 'proposals', firstOf)) {
    const states = window.args.states as readonly string[] | null | undefined
    const wants = (one: string | null) => one !== null && (!states || states.includes(one))
    window.remove(key)
    if (wants(state)) window.place(key, (other) => compareProposals(now, factsOf(cache, other)) < 0)
    window.save(entries ? Number(wants(state)) - Number(wants(then)) : 0, entries !== undefined)
  }
}
