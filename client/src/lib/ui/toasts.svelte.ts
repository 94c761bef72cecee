import { createContext } from 'svelte'

export type Toast = { id: number; text: string; act?: { label: string; run: () => void } }

/** Short notes about what just happened, with a way back where there is one. One instance per page tree. */
export class Toasts {
  #next = 1
  /** While somebody is at the notes, none of them goes away. */
  held = false
  shown = $state<Toast[]>([])

  show(text: string, act?: Toast['act']) {
    const toast: Toast = act ? { id: this.#next++, text, act } : { id: this.#next++, text }
    this.shown = [...this.shown.slice(-2), toast]
    this.#expire(toast.id, act ? 9000 : 5000)
  }

  #expire(id: number, after: number) {
    setTimeout(() => (this.held ? this.#expire(id, 2000) : this.dismiss(id)), after)
  }

  dismiss(id: number) {
    this.shown = this.shown.filter((toast) => toast.id !== id)
  }
}

export const [useToasts, provideToasts] = createContext<Toasts>()
