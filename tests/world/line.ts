import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { Actor } from './actor.ts'
import type { ServerProcess } from './serverProcess.ts'

// The network between a page and the server, as a wire that a test can cut: the page is told nothing that a real network
// would not tell it, and nothing in the page knows of it.

interface Wire {
  readonly here: Socket
  readonly there: Socket
}

/** Who comes to the server by the line instead of straight. */
class Caller extends Actor {
  readonly #origin: string

  constructor(server: ServerProcess, actor: Actor, origin: string) {
    super(server, actor.cookie ?? '', actor.seat)
    this.#origin = origin
  }

  override get origin(): string {
    return this.#origin
  }
}

export class Line {
  readonly #server: ServerProcess
  readonly #listener = createServer({ allowHalfOpen: true }, (here) => this.#meet(here))
  readonly #wires = new Set<Wire>()
  #state: 'open' | 'cut' | 'silent' = 'open'
  /** Connections tried while the line was cut or silent. */
  tries = 0

  constructor(server: ServerProcess) {
    this.#server = server
  }

  async open(): Promise<void> {
    this.#listener.listen(0, '127.0.0.1')
    await once(this.#listener, 'listening')
  }

  get origin(): string {
    return `http://localhost:${(this.#listener.address() as AddressInfo).port}`
  }

  /** The same member, by the line. */
  caller(actor: Actor): Actor {
    return new Caller(this.#server, actor, this.origin)
  }

  /** Ends every connection and refuses new ones. */
  cut(): void {
    this.#state = 'cut'
    for (const { here, there } of this.#wires) {
      here.resetAndDestroy()
      there.destroy()
    }
    this.#wires.clear()
  }

  /** Lets nothing through, in either direction, and says nothing of it: a lost network without a farewell. */
  hush(): void {
    this.#state = 'silent'
    for (const { here, there } of this.#wires) {
      here.pause()
      there.pause()
    }
  }

  /** Everything passes again; what was held back arrives. */
  heal(): void {
    this.#state = 'open'
    for (const { here, there } of this.#wires) {
      here.resume()
      there.resume()
    }
  }

  readonly close = async (): Promise<void> => {
    this.cut()
    const closed = once(this.#listener, 'close')
    this.#listener.close()
    await closed
  }

  #meet(here: Socket): void {
    if (this.#state !== 'open') this.tries++
    if (this.#state === 'cut') return void here.resetAndDestroy()
    const there = connect(this.#server.port, '127.0.0.1')
    const wire = { here, there }
    this.#wires.add(wire)
    const gone = () => {
      this.#wires.delete(wire)
      here.destroy()
      there.destroy()
    }
    // What has arrived is written on, and the reader slows the writer, as `pipe` does; but a pause here is ours alone.
    const carry = (from: Socket, to: Socket) => {
      from.on('data', (piece: Buffer) => {
        if (to.write(piece)) return
        from.pause()
        to.once('drain', () => this.#state !== 'silent' && from.resume())
      })
      from.on('end', () => to.end())
      from.on('error', gone)
      from.on('close', gone)
    }
    carry(here, there)
    carry(there, here)
    if (this.#state === 'silent') {
      here.pause()
      there.pause()
    }
  }
}

export const openLine = async (server: ServerProcess): Promise<Line> => {
  const line = new Line(server)
  await line.open()
  return line
}
