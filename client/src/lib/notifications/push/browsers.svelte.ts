import { act } from '#lib/graph/act.ts'
import type { Hub } from '#lib/graph/hub.svelte.ts'
import type { Outcome } from '#lib/graph/outcome.ts'
import type { Settings } from '../settings.svelte.ts'
import { AddBrowser, RemoveBrowser } from './documents.ts'
import { browserName, fingerprint, isBlocked, isSupported, needsInstalling, subscribe } from './subscription.ts'

/** How it stands with this browser. `unknown` until a page that is alive has asked it. */
export type Standing = 'unknown' | 'unsupported' | 'install' | 'blocked' | 'off' | 'on'

export type Named = NonNullable<Settings['now']>['browsers'][number]

/** The browsers in which one is told, this one among them. */
export class Browsers {
  readonly #hub: Hub
  readonly #settings: Settings
  #able = $state.raw<Exclude<Standing, 'on'>>('unknown')
  #fingerprint = $state.raw<string | null>(null)

  constructor(hub: Hub, settings: Settings) {
    this.#hub = hub
    this.#settings = settings
  }

  get #key(): string | null {
    return this.#settings.now?.pushKey ?? null
  }

  /** What the hub says and what the browser says: both have to. */
  get standing(): Standing {
    return this.#able === 'off' && this.here ? 'on' : this.#able
  }

  get here(): Named | undefined {
    return this.#named.find((browser) => browser.fingerprint === this.#fingerprint)
  }

  get others(): readonly Named[] {
    return this.#named.filter((browser) => browser.fingerprint !== this.#fingerprint)
  }

  get #named(): readonly Named[] {
    return this.#settings.now?.browsers ?? []
  }

  /** Asks the browser how it stands; nobody is asked anything. */
  async look(): Promise<void> {
    if (!isSupported()) this.#able = needsInstalling() ? 'install' : 'unsupported'
    else {
      if (this.#key) this.#fingerprint = await fingerprint(this.#key)
      this.#able = isBlocked() ? 'blocked' : 'off'
    }
  }

  /** `undefined`: whoever sits here said no. Throws where the browser could not be subscribed. */
  async switchOn(): Promise<Outcome | undefined> {
    const key = this.#key
    const subscribed = key ? await subscribe(key) : null
    await this.look()
    if (!subscribed) return undefined
    return act(this.#hub.graph, AddBrowser, { ...subscribed, label: browserName(navigator.userAgent) })
  }

  /** The browser stays subscribed: it may tell of other collaborations. */
  remove = ({ id }: Named): Promise<Outcome> => act(this.#hub.graph, RemoveBrowser, { browser: id })
}
