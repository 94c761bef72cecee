import webpush from 'web-push'
import type { Database } from '../../data/database.ts'

/**
 * Guards: to a push service the hub is the same one on every server and after every restart.
 *
 * A browser takes messages from whoever holds the key that it was given when it was named (VAPID, RFC 8292). The pair is made once and kept
 * in the database behind a function, so that there is nothing to set, and a backup has it: every server offers a new pair as it starts, and
 * the first one counts.
 */
export interface KeyPair {
  readonly publicKey: string
  readonly privateKey: string
}

export class PushKeys {
  readonly #database: Database
  #kept: KeyPair | undefined

  constructor(database: Database) {
    this.#database = database
  }

  async open(): Promise<void> {
    const { publicKey, privateKey } = webpush.generateVAPIDKeys()
    const [kept] = await this.#database.ask<{ public_key: string; private_key: string }>(
      'select public_key, private_key from push_key_kept($1, $2)',
      [publicKey, privateKey],
    )
    if (kept) this.#kept = { publicKey: kept.public_key, privateKey: kept.private_key }
  }

  get pair(): KeyPair {
    if (!this.#kept) throw new Error('the push keys are asked for before the server has started')
    return this.#kept
  }
}
