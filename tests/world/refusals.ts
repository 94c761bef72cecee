import { expect } from 'vitest'
import { mint, type Actor, type Outcome } from './actor.ts'
import { act, documentOf, type Input, type Verb } from './acts.ts'
import type { World } from './world.ts'

/** The same as `act`, through the live door. */
export const actLive = async (actor: Actor, verb: Verb, input: Input): Promise<Outcome> => {
  const { data, errors } = await actor.askLive<Record<string, Outcome>>(documentOf(verb), { input })
  const [outcome] = Object.values(data ?? {})
  if (errors || !outcome) throw new Error(JSON.stringify(errors))
  return outcome
}

export const DOORS = { HTTP: act, WebSocket: actLive }

/** `everything` that these tables hold, and `expectRefused`: so, through both doors, with all of it left as it was. */
export const refusals = (world: World, kept: readonly string[]) => {
  const everything = async (): Promise<string> => {
    const digests = kept.map(
      (table) =>
        `select $$${table}$$ as table, count(*)::int, md5(string_agg(row::text, ' ' order by row::text)) from ${table} as row`,
    )
    return JSON.stringify(await world.sql(digests.join(' union all ')))
  }
  const expectRefused = async (actor: Actor, verb: Verb, input: Input, expected: object): Promise<void> => {
    const before = await everything()
    for (const [door, through] of Object.entries(DOORS)) {
      const outcome = await through(actor, verb, { ...input, idempotencyKey: mint() })
      expect(outcome, `${verb} over ${door}`).toMatchObject(expected)
      expect(await everything(), `${verb} over ${door} left something behind`).toBe(before)
    }
  }
  return { everything, expectRefused }
}
