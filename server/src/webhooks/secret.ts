import { createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { link as place, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Guards: what a webhook signs with stands in no table and in no backup, and is shown once.
 *
 * Each secret is derived (HKDF, RFC 5869) from a secret of the hub's own, which lies in a file beside the database, the webhook's id and
 * a number that goes up. So there is nothing to be stolen from the database. A webhook keeps a mark of the hub's secret; a hub with
 * another one signs nothing in its name.
 */
export class WebhookSecrets {
  readonly #root: Buffer

  private constructor(root: Buffer) {
    this.#root = root
  }

  /** The hub's own, made the first time; of several servers that start at once one makes it, whole. */
  static async open(file: string): Promise<WebhookSecrets> {
    if (!existsSync(file)) {
      const fresh = `${file}.${process.pid}`
      await mkdir(dirname(file), { recursive: true })
      await writeFile(fresh, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 })
      await place(fresh, file).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error
      })
      await rm(fresh)
    }
    const root = Buffer.from((await readFile(file, 'utf8')).trim(), 'base64')
    if (root.length < 32) throw new Error(`${file} holds no secret of 32 bytes in base64`)
    return new WebhookSecrets(root)
  }

  /** Tells this secret of the hub from another, and nothing of it. */
  get mark(): Buffer<ArrayBuffer> {
    return Buffer.from(createHash('sha256').update(this.#derive('mark')).digest())
  }

  /** What the receiver is given, in the form of Standard Webhooks. */
  secretOf(webhookId: string, generation: number): string {
    return `whsec_${this.#derive(`${webhookId} ${generation}`).toString('base64')}`
  }

  /** `webhook-signature`: one for each secret that holds, so that a receiver may know either. */
  sign(webhookId: string, generations: readonly number[], message: { id: string; timestamp: number; body: string }): string {
    const signed = `${message.id}.${message.timestamp}.${message.body}`
    return generations
      .map((generation) =>
        createHmac('sha256', this.#derive(`${webhookId} ${generation}`))
          .update(signed)
          .digest('base64'),
      )
      .map((signature) => `v1,${signature}`)
      .join(' ')
  }

  #derive(purpose: string): Buffer {
    return Buffer.from(hkdfSync('sha256', this.#root, '', `samsyn webhook ${purpose}`, 32))
  }
}
