import type { Component, ComponentProps } from 'svelte'
import type Menu from './Menu.svelte'
import type { MenuGroup } from './Menu.svelte'

type Opened = { anchor: HTMLElement; label: string; groups: MenuGroup[] }

/** The one menu a view may have open. Its code is fetched by the first opening. */
export class Menus {
  #component = $state.raw<Component<ComponentProps<typeof Menu>>>()
  #opened = $state.raw<Opened | null>(null)

  get component() {
    return this.#component
  }

  get opened() {
    return this.#opened
  }

  async open(anchor: EventTarget | null, label: string, groups: MenuGroup[]) {
    if (!(anchor instanceof HTMLElement)) return
    this.#component ??= (await import('./Menu.svelte')).default
    this.#opened = { anchor, label, groups }
  }

  close = () => (this.#opened = null)
}
