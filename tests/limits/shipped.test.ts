import { afterAll, expect, test } from 'vitest'
import { openWorld } from '../world/world.ts'
import { type Shipped, shippedOperations } from '../../client/persist.ts'

// Everything that our own pages ask is far from every bound, at the most that it can ask for.

const world = await openWorld()
afterAll(world.close)
const torsby = await world.as('Torsby')

/** The most that it may ask for: full pages, and as many ids. Inputs of acts are left empty, so that nothing is done. */
const most = ({ variables }: Shipped): Record<string, unknown> =>
  Object.fromEntries(
    variables.map(({ name, type }) => {
      if (type.startsWith('Int')) return [name, 100]
      if (type.startsWith('[ID!]')) return [name, Array.from({ length: 100 }, () => 'x')]
      return [name, type.endsWith('Input!') ? {} : undefined]
    }),
  )

/** A subscription's batch costs what the same costs when it is asked for; told before anything is executed. */
const asked = ({ kind, text }: Shipped): string =>
  kind === 'subscription' ? text.replace('subscription', 'query').replace('$after: Cursor', '$after: Cursor!') : text

test('every operation that the client ships stays under the bounds', async () => {
  const shipped = await shippedOperations()
  expect(shipped.length).toBeGreaterThan(50)
  const costs = []
  for (const one of shipped) {
    const answer = await torsby.ask(asked(one), most(one), { cost: true })
    const cost = answer.extensions?.['cost'] as { requested: number; limit: number } | undefined
    expect(cost, `${one.name}: ${JSON.stringify(answer.errors)}`).toBeDefined()
    costs.push({ name: one.name, kind: one.kind, ...(cost ?? { requested: Number.NaN, limit: Number.NaN }) })
  }
  const rows = costs
    .toSorted((a, b) => b.requested - a.requested)
    .slice(0, 100)
    .map(
      ({ name, kind, requested, limit }) =>
        `${kind.padEnd(12)} ${name.padEnd(24)} ${String(requested).padStart(7)} ${((100 * requested) / limit).toFixed(1).padStart(6)} %`,
    )
  console.log(`the dearest of ${costs.length} operations, at most ${costs[0]?.limit} each\n${rows.join('\n')}`)
  for (const { name, requested, limit } of costs) expect(requested, name).toBeLessThanOrEqual(limit / 2)
})
