import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { Bytes } from './bytes.ts'
import { inspect } from './inspect.ts'
import { FileRefused } from './refusals.ts'

/** What has come in and been looked at, still on this machine. */
export interface Received {
  readonly path: string
  readonly mediaType: string
  readonly size: number
  readonly hash: string
}

/**
 * Guards: what comes in is bounded in size and time, and leaves nothing when it does not come to an end.
 *
 * Written to a file of its own while it is counted and hashed, never held in memory; looked at when it is whole; handed to `keep`;
 * gone when that has returned, whatever came of it. What a killed server leaves is swept by its age.
 */
export const receive = async <Kept>(
  request: IncomingMessage,
  folder: string,
  name: string,
  most: number,
  keep: (received: Received) => Promise<Kept>,
): Promise<Kept> => {
  if (Number(request.headers['content-length']) > most) throw new FileRefused('TOO_LARGE', most)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, randomUUID())
  const hash = createHash('sha256')
  let size = 0
  async function* counted() {
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > most) throw new FileRefused('TOO_LARGE', most)
      hash.update(chunk)
      yield chunk
    }
  }
  const handle = await open(path, 'wx+', 0o600)
  try {
    await handle.writeFile(counted())
    if (size === 0) throw new FileRefused('EMPTY')
    const mediaType = await inspect(path, new Bytes(handle, size), name)
    return await keep({ path, mediaType, size, hash: hash.digest('hex') })
  } finally {
    await handle.close()
    await rm(path, { force: true })
  }
}

/** Longer than anything under way is silent. */
const DEAD_MS = 10 * 60_000

/** Removes what a server that was killed had begun to receive. */
export const sweepReceived = async (folder: string, now: number): Promise<void> => {
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name)
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: now }))
    if (now - mtimeMs > DEAD_MS) await rm(path, { force: true })
  }
}
