import { createClient } from '@redis/client'
import { freePort } from '@samsyn/prisma/engine/postmaster'
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { inTime } from './eventually.ts'

/** Whether this machine has a Redis to start. The README promises only Node and npm. */
export const redisIsThere = spawnSync('redis-server', ['--version']).status === 0

/** A Redis of the test's own, on a port that it keeps through all its lives, and with nothing that it would keep on disk. */
export class RedisProcess {
  readonly #port: number
  readonly #folder = mkdtempSync(join(tmpdir(), 'samsyn-redis-'))
  #child: ChildProcess | undefined

  constructor(port: number) {
    this.#port = port
  }

  get url(): string {
    return `redis://127.0.0.1:${this.#port}`
  }

  async start(): Promise<void> {
    const settings = ['--port', `${this.#port}`, '--bind', '127.0.0.1', '--save', '', '--dir', this.#folder]
    const child = spawn('redis-server', settings, { stdio: ['ignore', 'pipe', 'ignore'] })
    this.#child = child
    process.once('exit', () => child.kill('SIGKILL'))
    const ready = new Promise<void>((resolve) => {
      createInterface({ input: child.stdout }).on('line', (line) => line.includes('Ready to accept connections') && resolve())
    })
    await inTime('Redis is ready', ready)
  }

  /** Ends it without a word. */
  async kill(): Promise<void> {
    const child = this.#child
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await inTime('Redis ends', ended)
  }

  /** Stops it in the middle of whatever it does, with all its connections, until `thaw`. */
  freeze(): void {
    this.#child?.kill('SIGSTOP')
  }

  thaw(): void {
    this.#child?.kill('SIGCONT')
  }

  /** How many listen to a channel now. */
  async listeners(channel: string): Promise<number> {
    const client = await createClient({ url: this.url }).connect()
    const counts = await client.pubSubNumSub([channel])
    client.destroy()
    return counts[channel] ?? 0
  }

  /** Calls on every message until what it returns is called. */
  async hear(channel: string, onMessage: () => void): Promise<() => void> {
    const client = await createClient({ url: this.url }).connect()
    await client.subscribe(channel, onMessage)
    return () => client.destroy()
  }

  async close(): Promise<void> {
    await this.kill()
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

export const openRedis = async (): Promise<RedisProcess> => {
  const redis = new RedisProcess(await freePort())
  await redis.start()
  return redis
}
