// Keys that work everywhere. Ctrl K (Cmd K) opens the palette; single keys only when they are on and nobody is writing
// (WCAG 2.1.4), since speech input can type them by mistake.
const place = 'samsyn-keys'

/** A field, or something that has keys of its own or stands above the page. */
const writing = (target: EventTarget | null) =>
  target instanceof Element &&
  target.closest('input, textarea, select, [contenteditable], dialog, [role="menu"], [role="listbox"]') !== null

export class Keys {
  #single = $state(true)

  /** What this browser was told before. */
  recall() {
    this.#single = localStorage.getItem(place) !== 'off'
  }

  get single() {
    return this.#single
  }

  set single(on: boolean) {
    this.#single = on
    if (on) localStorage.removeItem(place)
    else localStorage.setItem(place, 'off')
  }

  /** What the key opens, if anything. */
  meaning(event: KeyboardEvent): 'palette' | 'keys' | null {
    if (event.defaultPrevented || event.isComposing || event.repeat) return null
    const command = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey
    if (command && event.key.toLowerCase() === 'k') return 'palette'
    if (event.ctrlKey || event.metaKey || event.altKey || !this.#single || writing(event.target)) return null
    return event.key === '?' ? 'keys' : event.key === '/' ? 'palette' : null
  }
}
