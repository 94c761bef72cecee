/** What can be killed without a word, and started again on the same address: a server, or the database under it. */
export interface Mortal {
  readonly kill: () => Promise<unknown>
  /** Resolves when it answers again. */
  readonly start: () => Promise<unknown>
}

/** The lives that it has. */
export class Lives {
  readonly #mortal: Mortal
  deaths = 0
  /** When it lives again. */
  again: Promise<unknown> = Promise.resolve()

  constructor(mortal: Mortal) {
    this.#mortal = mortal
  }

  /** Waits until it lives; gives how many times it has died by then. */
  async living(): Promise<number> {
    for (let life; life !== this.again;) {
      life = this.again
      await life
    }
    return this.deaths
  }

  /** Kills it, does what is to be done meanwhile, and starts it. */
  async end(meanwhile: () => void = () => undefined): Promise<void> {
    this.deaths += 1
    this.again = this.#mortal.kill().then(() => {
      meanwhile()
      return this.#mortal.start()
    })
    await this.again
  }
}
