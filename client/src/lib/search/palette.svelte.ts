import type { Hub } from '#lib/graph/hub.svelte.ts'
import { uuidOf } from '#lib/graph/ids.ts'
import type { Language } from '#lib/language/language.ts'
import type { IconName } from '#lib/ui/icons.ts'
import { roomsOf } from '#lib/ui/rooms.ts'
import { pageOf, readSearch } from './asked.ts'
import { type Hit, TitleQuery } from './documents.ts'
import { recent } from './recent.ts'
import type { Words } from './words.ts'

export interface Choice {
  /** What it is among the choices, however many come to stand before it. */
  readonly key: string
  readonly name: string
  readonly icon: IconName
  readonly run: () => void
}

export interface Group {
  readonly name: string
  readonly choices: readonly Choice[]
}

/** What the hand does with a choice: the palette itself neither navigates nor sends. */
export interface Doing {
  readonly go: (address: string) => void
  readonly send: (action: string, field?: readonly [name: string, value: string]) => void
  readonly keys: () => void
}

/** What goes by a name of its own. */
const NAMED = ['TASK', 'CLAUSE', 'PROPOSAL'] as const

const folded = (text: string) =>
  text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')

/** What can be chosen for what has been typed. Things come from the server, newest question wins; those opened lately are known. */
export class Palette {
  readonly #hub: Hub
  readonly #t: Language['t']
  readonly #words: Words
  readonly #doing: Doing
  #text = $state('')
  #hits = $state.raw<readonly Hit[]>([])
  #asking = $state.raw<string>()
  #failed = $state(false)

  constructor(hub: Hub, t: Language['t'], words: Words, doing: Doing) {
    this.#hub = hub
    this.#t = t
    this.#words = words
    this.#doing = doing
  }

  get text() {
    return this.#text
  }

  set text(text: string) {
    this.#text = text
    void this.#ask()
  }

  /** A question is out: what is shown may be for fewer letters than stand there. */
  get asking() {
    return this.#asking !== undefined
  }

  /** A question is out and nothing is shown for it yet. */
  get waiting() {
    return this.asking && this.#hits.length === 0
  }

  get failed() {
    return this.#failed
  }

  /** One question at a time: the next goes when the last is answered. */
  async #ask() {
    if (this.#asking !== undefined) return
    while (this.#asking !== this.#text) {
      const text: string = this.#text
      this.#asking = text
      if (folded(text).trim().length < 2) {
        this.#hits = []
        this.#failed = false
        continue
      }
      const { data } = await readSearch(this.#hub.graph, { text, types: NAMED, first: 8 })
      this.#failed = data === undefined
      this.#hits = data?.search.nodes ?? []
    }
    this.#asking = undefined
  }

  get groups(): readonly Group[] {
    const { groups, searchFor } = this.#words.palette
    const { slug } = this.#hub.collaboration
    const typed = folded(this.#text).trim()
    const named = (choices: readonly Choice[]) => choices.filter(({ name }) => folded(name).includes(typed))
    const things = this.#hits.flatMap((hit) => {
      const address = pageOf(slug, hit)
      const name = hit.title.map(({ text }) => text).join('')
      return address ? [this.#go(name, hit.subject?.__typename === 'Clause' ? 'agreement' : 'flag', address)] : []
    })
    const address = `/c/${slug}/search?${new URLSearchParams({ q: this.#text })}`
    const lately = named(this.#recent).filter(({ name }) => !things.some((thing) => thing.name === name))
    return [
      { name: groups.recent, choices: lately },
      { name: groups.found, choices: typed.length < 2 ? [] : [...things, this.#go(searchFor(this.#text), 'search', address)] },
      { name: groups.rooms, choices: named(this.#rooms) },
      { name: groups.acts, choices: named(this.#acts) },
    ].filter(({ choices }) => choices.length > 0)
  }

  #go(name: string, icon: IconName, address: string): Choice {
    return { key: address, name, icon, run: () => this.#doing.go(address) }
  }

  get #recent(): Choice[] {
    const { slug } = this.#hub.collaboration
    return recent(slug).flatMap((id) => {
      const node = this.#hub.graph.peek(TitleQuery, { id })?.node
      const title = node && 'title' in node ? node.title : undefined
      return title === undefined ? [] : [this.#go(title, 'flag', `/c/${slug}/tasks/${uuidOf(id)}`)]
    })
  }

  get #rooms(): Choice[] {
    const here = `/c/${this.#hub.collaboration.slug}`
    const rooms = [
      ...roomsOf(this.#hub, this.#t),
      { name: this.#words.heading, icon: 'search' as const, href: `${here}/search` },
      { name: this.#t.ui.calendar, icon: 'calendar' as const, href: `${here}/calendar` },
      { name: this.#t.ui.journal, icon: 'lock' as const, href: `${here}/journal` },
      { name: this.#t.ui.developers, icon: 'link' as const, href: `${here}/developers` },
      ...(this.#hub.may.members ? [{ name: this.#t.ui.status, icon: 'live' as const, href: `${here}/status` }] : []),
    ]
    return rooms.map(({ name, icon, href }) => this.#go(name, icon, href))
  }

  get #acts(): Choice[] {
    const { newTask, theme, keys } = this.#words.palette
    const act = (name: string, icon: IconName, run: () => void): Choice => ({ key: name, name, icon, run })
    const set = (name: string, icon: IconName, field: readonly [string, string]) =>
      act(name, icon, () => this.#doing.send('/settings', field))
    const address = `/c/${this.#hub.collaboration.slug}/tasks#new`
    return [
      ...(this.#hub.may.write ? [this.#go(newTask, 'plus', address)] : []),
      set(theme.light, 'sun', ['theme', 'light']),
      set(theme.dark, 'moon', ['theme', 'dark']),
      set(theme.system, 'screen', ['theme', 'system']),
      set('Svenska', 'language', ['lang', 'sv']),
      set('English', 'language', ['lang', 'en']),
      act(keys, 'info', () => this.#doing.keys()),
      act(this.#t.ui.signOut, 'out', () => {
        this.#hub.feed.end()
        this.#doing.send('/auth/sign-out')
      }),
    ]
  }
}
