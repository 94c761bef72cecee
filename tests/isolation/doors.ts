import { WebSocket } from 'ws'
import { pdf } from '../world/files.ts'
import { inTime } from '../world/eventually.ts'
import type { ServerProcess } from '../world/serverProcess.ts'
import type { Player } from './cast.ts'

// The doors, without a client library between: what is scanned is what came over the wire.

export type Door =
  'HTTP' | 'WebSocket' | 'changes subscription' | 'changes query' | 'page' | 'export' | 'calendar' | 'webhook' | 'mail' | 'push'

export interface Raw {
  readonly status: number
  readonly body: string
}

export type Variables = Readonly<Record<string, unknown>>

const originOf = (server: ServerProcess) => `http://localhost:${server.port}`
const cookieOf = (server: ServerProcess, { token }: Player) => (token ? `samsyn-${server.port}=${token}` : undefined)

/** A person comes by a page of ours, with a cookie; a program with its key, and with nothing else. */
const headersOf = (server: ServerProcess, player: Player): Record<string, string> => {
  if (player.key) return { authorization: `Bearer ${player.key}` }
  const cookie = cookieOf(server, player)
  return { origin: originOf(server), 'samsyn-collaboration': player.slug, ...(cookie && { cookie }) }
}

/** A request at the HTTP door. */
export const ask = async (server: ServerProcess, player: Player, query: string, variables: Variables = {}): Promise<Raw> => {
  const response = await fetch(`${originOf(server)}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      ...headersOf(server, player),
    },
    body: JSON.stringify({ query, variables }),
  })
  return { status: response.status, body: await response.text() }
}

/** Sends a small file in. Resolves to the id of the upload. */
export const sendIn = async (server: ServerProcess, player: Player, name: string): Promise<string> => {
  const response = await fetch(`${originOf(server)}/c/${player.slug}/files`, {
    method: 'POST',
    headers: { ...headersOf(server, player), 'samsyn-file-name': `${name}.pdf` },
    body: new Uint8Array(pdf()),
  })
  if (response.status !== 201) throw new Error(`${player.name} could not send a file in: ${await response.text()}`)
  return ((await response.json()) as { upload: string }).upload
}

/** A page as the server renders it. */
export const pageOf = async (server: ServerProcess, player: Player, path: string): Promise<string> => {
  const cookie = cookieOf(server, player)
  const response = await fetch(`${originOf(server)}${path}`, { headers: { ...(cookie && { cookie }) } })
  return response.text()
}

/** A list as a table, as a person follows its link or a program fetches it. */
export const tableOf = async (server: ServerProcess, player: Player, list: string, variables: Variables): Promise<string> => {
  const asked = new URLSearchParams({ variables: JSON.stringify(variables) })
  const response = await fetch(`${originOf(server)}/c/${player.slug}/export/${list}.csv?${asked}`, {
    headers: headersOf(server, player),
  })
  return response.text()
}

/** A calendar as somebody's program fetches it: with the address, and nothing else. */
export const calendarAt = async (server: ServerProcess, url: string): Promise<string> => {
  const { pathname, search } = new URL(url)
  return (await fetch(`${originOf(server)}${pathname}${search}`)).text()
}

interface Message {
  readonly id?: string
  readonly type: string
  readonly payload?: unknown
}

/** A socket at the live door, spoken to in graphql-transport-ws. */
export class Socket {
  readonly #socket: WebSocket
  readonly #listeners = new Map<string, (message: Message, raw: string) => void>()
  readonly #shut: Promise<never>
  #last = 0

  private constructor(socket: WebSocket) {
    this.#socket = socket
    this.#shut = new Promise((_, failed) => {
      socket.once('close', (code) => failed(new Error(`the live door was shut with ${code}`)))
    })
    this.#shut.catch(() => undefined) // Told to whoever waits for an answer.
    socket.on('message', (data: Buffer) => {
      const raw = data.toString('utf8')
      const message = JSON.parse(raw) as Message
      if (message.type === 'ping') socket.send('{"type":"pong"}')
      if (message.id) this.#listeners.get(message.id)?.(message, raw)
    })
  }

  /** The open socket, or the code with which the door was shut. */
  static async open(server: ServerProcess, player: Player): Promise<Socket | number> {
    const cookie = cookieOf(server, player)
    const headers = player.key ? {} : { origin: originOf(server), ...(cookie && { cookie }) }
    const payload = player.key ? { key: player.key } : { collaboration: player.slug }
    const socket = new WebSocket(`${originOf(server).replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { headers })
    const acknowledged = new Promise<Socket | number>((answered, failed) => {
      socket.once('open', () => socket.send(JSON.stringify({ type: 'connection_init', payload })))
      socket.once('message', () => answered(new Socket(socket)))
      socket.once('close', (code) => answered(code))
      socket.once('error', failed)
    })
    return inTime('the live door answers', acknowledged)
  }

  /** One operation, to its end: all that was sent for it, as it was sent. */
  ask(query: string, variables: Variables = {}): Promise<string> {
    const id = String(++this.#last)
    const answered = new Promise<string>((answer) => {
      let body = ''
      this.#listeners.set(id, ({ type }, raw) => {
        body += raw.replace(`"id":"${id}",`, '')
        if (type === 'next') return
        this.#listeners.delete(id)
        answer(body)
      })
    })
    this.#socket.send(JSON.stringify({ id, type: 'subscribe', payload: { query, variables } }))
    return inTime('the live door answers an operation', Promise.race([answered, this.#shut]), 30_000)
  }

  /** Follows until the socket closes. */
  follow(query: string, variables: Variables, hear: (payload: unknown, raw: string) => void): void {
    const id = String(++this.#last)
    this.#listeners.set(id, ({ payload }, raw) => hear(payload, raw))
    this.#socket.send(JSON.stringify({ id, type: 'subscribe', payload: { query, variables } }))
  }

  close(): void {
    this.#socket.close()
  }
}
