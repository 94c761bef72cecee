import type { ServerProcess } from '../world/serverProcess.ts'

/** A server's lives: killed without a word, and started again on the same address. */
export class Lives {
  readonly #server: ServerProcess
  deaths = 0
  /** When it lives again. */
  again: Promise<void> = Promise.resolve()

  constructor(server: ServerProcess) {
    this.#server = server
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
    this.again = this.#server.kill().then(() => {
      meanwhile()
      return this.#server.start()
    })
    await this.again
  }
}
