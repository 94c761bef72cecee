import { withClient } from '@samsyn/prisma/engine/databases'
import { afterAll, expect, test } from 'vitest'
import { uuidOf } from '../world/actor.ts'
import { openWorld } from '../world/world.ts'
import { BARE, PLANT, WORDS, word } from './plantation.ts'

// A hundred thousand tasks and half a million comments: search costs what is found. `pnpm prove` only.

const PROVE = process.env['PROVE'] !== undefined
const ASKED = 200

const world = PROVE ? await openWorld() : undefined
afterAll(() => world?.close())

interface Found {
  readonly nodes: readonly { readonly subject: { readonly id: string } }[]
  readonly counts: readonly { readonly count: number }[]
}
const SEARCH =
  'query($text: String!) { search(text: $text) { nodes { subject { id } title { text hit } excerpt { text hit } } counts { type count } } }'

/** Common words and rare ones alike, alone and two together. */
const pick = (n: number) => Math.floor((n / ASKED) ** 3 * WORDS)
const questions = Array.from({ length: ASKED }, (_, n) => (n % 2 ? [word(pick(n))] : [word(pick(n)), word(pick(ASKED - n))]))

const at = (part: number, times: readonly number[]): number =>
  times.toSorted((a, b) => a - b)[Math.ceil(times.length * part) - 1] ?? 0
const told = (times: readonly number[]) => `median ${at(0.5, times).toFixed(1)} ms, p99 ${at(0.99, times).toFixed(0)} ms`

test.runIf(PROVE)(
  'p99 of a search among 600,000 things, beside one statement that finds the same',
  { timeout: 600_000 },
  async () => {
    if (!world) return
    const begun = performance.now()
    await withClient(world.ownerUrl, (client) => client.query(PLANT))
    console.log(`planted in ${((performance.now() - begun) / 1000).toFixed(0)} s`)
    const torsby = await world.as('Torsby')
    const { viewer } = await torsby.query<{ viewer: { party: { id: string } } }>('{ viewer { party { id } } }')

    const through = { times: [] as number[], found: [] as string[][] }
    for (const words of questions) {
      const asked = performance.now()
      const { search } = await torsby.query<{ search: Found }>(SEARCH, { text: words.join(' ') })
      through.times.push(performance.now() - asked)
      through.found.push(search.nodes.map(({ subject }) => uuidOf(subject.id)))
    }

    const bare = { times: [] as number[], found: [] as string[][] }
    await withClient(world.ownerUrl, async (client) => {
      // Of what there is more of than is counted, the same ten thousand: in the order of the index.
      await client.query('set enable_seqscan = off')
      for (const words of questions) {
        const asked = performance.now()
        const together = words.map((one) => `'${one}'`)
        const statement = async (sign: string) => {
          const title = together.map((one) => `${one}:A`).join(sign)
          const values = [uuidOf(viewer.party.id), together.join(' & '), together.join(sign), title]
          return (await client.query<{ id: string }>(BARE, values)).rows
        }
        const every = await statement(' & ')
        // Together nowhere: then any of them.
        const rows = every.length > 0 || words.length === 1 ? every : await statement(' | ')
        bare.times.push(performance.now() - asked)
        bare.found.push(rows.map(({ id }) => id))
      }
    })

    const ratio = at(0.99, through.times) / at(0.99, bare.times)
    console.log(`${ASKED} searches, ${through.found.filter((found) => found.length > 0).length} with hits`)
    console.log(`through the hub: ${told(through.times)}; bare: ${told(bare.times)}; p99 ratio ${ratio.toFixed(1)}`)
    for (const [n, words] of questions.entries()) expect(through.found[n], words.join(' ')).toEqual(bare.found[n])
    expect(ratio).toBeLessThan(5)
  },
)
