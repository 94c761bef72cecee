import { randomUUID } from 'node:crypto'
import { Agent, request } from 'node:http'
import { answering } from './asking.ts'

// Those who ask over HTTP: a process of its own, with as many connections as ask at once.

export interface Asking {
  readonly address: string
  readonly headers: Readonly<Record<string, string>>
  /** One for each connection. What is asked is text in which `$key` stands for a new UUID and `$version` for one more each time. */
  readonly bodies: readonly string[]
  /** What every answer has in it, or it failed. */
  readonly expected: string
}

export interface Asked {
  readonly seconds: number
  /** Of each answer, in milliseconds. */
  readonly waits: readonly number[]
  /** Of the last answer. */
  readonly bytes: number
}

const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY })

const ask = ({ address, headers }: Asking, body: string): Promise<string> =>
  new Promise((answered, failed) => {
    const asking = request(
      address,
      { agent, method: 'POST', headers: { ...headers, 'content-length': Buffer.byteLength(body) } },
      (answer) => {
        const parts: Buffer[] = []
        answer.on('data', (part: Buffer) => parts.push(part))
        answer.on('end', () => answered(Buffer.concat(parts).toString()))
        answer.on('error', failed)
      },
    )
    asking.on('error', failed)
    asking.end(body)
  })

let asking: Asking | undefined
const versions: number[] = []

answering({
  /** With the versions that the bodies begin with. */
  begin: (input) => {
    const begun = input as { asking: Asking; versions: readonly number[] }
    asking = begun.asking
    versions.splice(0, versions.length, ...begun.versions)
  },
  /** So many, each connection one after the other. */
  run: async (input): Promise<Asked> => {
    if (!asking) throw new Error('nothing is asked')
    const current = asking
    const waits: number[] = []
    let left = Number(input)
    let bytes = 0
    const began = performance.now()
    const one = async (body: string, connection: number) => {
      while (left-- > 0) {
        const version = versions[connection] ?? 0
        versions[connection] = version + 1
        const sent = performance.now()
        const answer = await ask(current, body.replaceAll('$key', () => randomUUID()).replaceAll('"$version"', String(version)))
        waits.push(performance.now() - sent)
        if (!answer.includes(current.expected)) throw new Error(`answered: ${answer.slice(0, 500)}`)
        bytes = Buffer.byteLength(answer)
      }
    }
    await Promise.all(current.bodies.map(one))
    return { seconds: (performance.now() - began) / 1_000, waits, bytes }
  },
})
