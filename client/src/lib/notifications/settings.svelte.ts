import { act } from '#lib/graph/act.ts'
import type { ResultOf, VariablesOf } from '#lib/graph/graphql.ts'
import type { Hub } from '#lib/graph/hub.svelte.ts'
import type { Outcome } from '#lib/graph/outcome.ts'
import type { Settings as Chosen } from '#lib/graph/subjects.ts'
import { Watched } from '#lib/graph/watched.svelte.ts'
import { ChooseChannel, ChooseTimes } from './acts.ts'
import { SettingsQuery } from './documents.ts'

export type Place = Chosen['channels'][number]['channel']
export type Reason = Chosen['channels'][number]['reasons'][number]
export type Times = Pick<Chosen, 'digestAt' | 'quietFrom' | 'quietTo' | 'weeklyOn' | 'timeZone' | 'language'>

/** How one is told, the same in all of one's windows. */
export class Settings {
  readonly #hub: Hub
  readonly #watched: Watched<ResultOf<typeof SettingsQuery>, VariablesOf<typeof SettingsQuery>>

  constructor(hub: Hub) {
    this.#hub = hub
    this.#watched = new Watched(hub.graph, SettingsQuery, {})
  }

  get now(): Chosen | undefined {
    return this.#watched.data?.viewer?.notificationSettings ?? undefined
  }

  /** Whether one is told there for that reason. */
  wants = (channel: Place, reason: Reason): boolean =>
    this.now?.channels.find((one) => one.channel === channel)?.reasons.includes(reason) ?? false

  /** Whether this hub tells anybody anything there. */
  tells = (place: Place): boolean => this.now?.channels.find(({ channel }) => channel === place)?.available ?? false

  choose = (channel: Place, reason: Reason, wanted: boolean): Promise<Outcome> =>
    act(this.#hub.graph, ChooseChannel, { channel, reason, wanted })

  time = (times: Times): Promise<Outcome> => act(this.#hub.graph, ChooseTimes, { ...times })
}
