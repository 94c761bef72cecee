import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { inTime } from './eventually.ts'

const entry = join(import.meta.dirname, '../../server/src/main.ts')
/** Half of what a start costs is compiling the same files again; some hundred servers are started in a run. */
const COMPILED = { NODE_COMPILE_CACHE: join(tmpdir(), 'samsyn-compiled') }

export type LogLine = Record<string, unknown>

/** The server as people run it: a process of its own, with its own environment, that can be killed, frozen and restarted. */
export class ServerProcess {
  readonly #environment: NodeJS.ProcessEnv
  readonly #nodeArguments: readonly string[]
  #child: ChildProcess | undefined
  #port = 0
  /** Everything that it logged, through all its lives. */
  readonly log: LogLine[] = []

  constructor(environment: NodeJS.ProcessEnv, nodeArguments: readonly string[]) {
    this.#environment = environment
    this.#nodeArguments = nodeArguments
  }

  get port(): number {
    return this.#port
  }

  get pid(): number {
    if (this.#child?.pid === undefined) throw new Error('the server does not run')
    return this.#child.pid
  }

  /** The process itself, to ask what was put into it beside the server. */
  get process(): ChildProcess {
    if (!this.#child) throw new Error('the server has not been started')
    return this.#child
  }

  get running(): boolean {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null
  }

  /** Memory that it holds now, in bytes. */
  get memory(): number {
    const pages = readFileSync(`/proc/${this.pid}/statm`, 'utf8').split(' ')[1]
    return Number(pages) * 4096
  }

  /** Starts it and waits until it answers; the second time on the port it had before. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, [...this.#nodeArguments, entry], {
      env: { PATH: process.env.PATH, HOME: process.env.HOME, ...COMPILED, ...this.#environment, PORT: String(this.#port) },
      // The last is a channel for whoever has something to ask from inside; the server itself never listens there.
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    const { stdout, stderr } = child
    if (!stdout || !stderr) throw new Error('the server has nowhere to speak')
    this.#child = child
    process.once('exit', () => child.kill('SIGKILL'))
    const said: string[] = []
    createInterface({ input: stderr }).on('line', (line) => {
      said.push(line)
      if (line.startsWith('{')) this.log.push(JSON.parse(line) as LogLine)
    })
    const address = new Promise<string>((found, failed) => {
      createInterface({ input: stdout }).on('line', (line) => {
        const [match] = /https?:\/\/\S+/.exec(line) ?? []
        if (match) found(match)
      })
      child.once('exit', (code, signal) =>
        failed(new Error(`the server ended with ${code ?? signal} before it answered:\n${said.join('\n')}`)),
      )
    })
    const url = new URL(await inTime('the server prints its address', address, 30_000))
    this.#port = Number(url.port) || this.#port
  }

  /** Ends it without a word. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL')
  }

  /** Ends it as an operator does. Resolves to its exit code. */
  async stop(): Promise<number | null> {
    return this.#end('SIGTERM')
  }

  /** Stops it in the middle of whatever it does, until `thaw`. */
  freeze(): void {
    process.kill(this.pid, 'SIGSTOP')
  }

  thaw(): void {
    process.kill(this.pid, 'SIGCONT')
  }

  async #end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.#child
    if (!child || !this.running) return child?.exitCode ?? null
    const ended = once(child, 'exit')
    child.kill(signal)
    await inTime(`the server ends on ${signal}`, ended, 15_000)
    return child.exitCode
  }
}
