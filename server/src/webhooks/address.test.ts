import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import type { LookupAddress } from 'node:dns'
import type { AddressInfo } from 'node:net'
import { afterAll, describe, expect, test } from 'vitest'
import { Addresses, parseNetworks, type Resolve } from './address.ts'
import { send } from './send.ts'

// What stands beside the hub is never reached: by number in whatever form, by a name that leads there, by a name that leads elsewhere
// the next time, or by being sent on. A real server listens inside and counts who comes.

let reached = 0
const inside = createServer((_request, response) => {
  reached += 1
  response.end('inside')
})
const servers: Server[] = [inside]
const listen = async (server: Server): Promise<number> => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}
const port = await listen(inside)
afterAll(() => servers.forEach((server) => server.close()))

const leadsTo =
  (...answers: readonly (readonly string[])[]): Resolve =>
  (_name, _options, found) => {
    const now = answers[Math.min(asked++, answers.length - 1)] ?? []
    found(
      null,
      now.map((address): LookupAddress => ({ address, family: address.includes(':') ? 6 : 4 })),
    )
  }
let asked = 0
const nowhere = new Addresses([])
const post = (url: string, addresses = nowhere) => send({ url, body: '{}', headers: {} }, addresses)

const FORBIDDEN = [
  '127.0.0.1',
  '127.1.2.3',
  '0.0.0.0',
  '10.0.0.1',
  '172.16.5.4',
  '172.31.255.255',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '192.0.0.170',
  '192.0.2.1',
  '198.18.0.1',
  '198.51.100.7',
  '203.0.113.9',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '192.88.99.1',
  '::1',
  '::',
  'fe80::1',
  'fc00::1',
  'fd00:ec2::254',
  'ff02::1',
  'fec0::1',
  '::ffff:127.0.0.1',
  '::ffff:10.0.0.1',
  '::ffff:a9fe:a9fe',
  '::127.0.0.1',
  '64:ff9b::7f00:1',
  '64:ff9b::a9fe:a9fe',
  '64:ff9b:1::a00:1',
  '2002:7f00:1::',
  '2001:0:7f00:1::',
  '100::1',
  '2001:db8::1',
  '3fff::1',
  '5f00::1',
]

describe('an address', () => {
  test.each(FORBIDDEN)('%s is not reached, by itself or by a name', async (address) => {
    const host = address.includes(':') ? `[${address}]` : address
    expect(nowhere.allows(`https://${host}/hook`)).toBe(false)
    expect(await post(`https://${host}/hook`)).toMatchObject({ problem: 'FORBIDDEN_ADDRESS' })
    const named = new Addresses([], leadsTo([address]))
    expect(await post('https://system.example/hook', named)).toMatchObject({ problem: 'FORBIDDEN_ADDRESS' })
    // Beside one that may be reached it is refused too: which of them is taken is not ours to say.
    const mixed = new Addresses([], leadsTo(['93.184.216.34', address]))
    expect(await post('https://system.example/hook', mixed)).toMatchObject({ problem: 'FORBIDDEN_ADDRESS' })
  })

  test.each(['2130706433', '0x7f000001', '017700000001', '127.1', '0x7f.1', '①②⑦.⓪.⓪.①', '0'])(
    'written as %s is the one that it is',
    async (host) => {
      expect(nowhere.allows(`https://${host}/hook`)).toBe(false)
      expect(await post(`https://${host}:8443/hook`)).toMatchObject({ problem: 'FORBIDDEN_ADDRESS' })
    },
  )

  test('is https, at a port for it, with nothing hidden in it', () => {
    for (const url of [
      'http://system.example/',
      'https://system.example:22/',
      'https://system.example:6379/',
      'https://user:word@system.example/',
      'ftp://system.example/',
      'file:///etc/passwd',
      'system.example',
      'https://',
      'https://localhost/',
      'https://db/',
      'https://system.example/#part',
      `https://system.example/${'x'.repeat(2_000)}`,
      'gopher://system.example:443/',
    ])
      expect(nowhere.allows(url), url).toBe(false)
    for (const url of [
      'https://system.example/hook?of=us',
      'https://system.example:8443/',
      'https://93.184.216.34/',
      'https://[2606:2800:21f::1]/',
    ])
      expect(nowhere.allows(url), url).toBe(true)
  })
})

describe('a connection', () => {
  test('goes to what was looked at: a name that leads elsewhere the next time is looked at again', async () => {
    asked = 0
    const addresses = new Addresses([], leadsTo(['93.184.216.34'], ['127.0.0.1']))
    const url = new URL('https://rebound.example/hook')
    const look = () =>
      new Promise((done) => {
        addresses.lookupFor(url)(url.hostname, { all: true }, (error, found) => done(error?.name ?? found))
      })
    expect(await look()).toEqual([{ address: '93.184.216.34', family: 4 }])
    expect(await look()).toBe('ForbiddenAddress')
    expect(await post(url.href, addresses)).toMatchObject({ problem: 'FORBIDDEN_ADDRESS' })
    // One answer, one connection: nothing asks again in between.
    asked = 0
    const own = new Addresses(parseNetworks('127.0.0.0/8'), leadsTo(['127.0.0.1'], ['10.0.0.1']))
    expect(await post(`http://system.example:${port}/`, own)).toMatchObject({ problem: undefined, status: 200 })
    expect(asked).toBe(1)
  })

  test('is not led on: a redirect is an answer like any other that is not 2xx', async () => {
    const before = reached
    const leading = createServer((_request, response) => {
      response.writeHead(307, { location: `http://127.0.0.1:${port}/` }).end()
    })
    servers.push(leading)
    const own = new Addresses(parseNetworks('127.0.0.0/8'))
    expect(await post(`http://127.0.0.1:${await listen(leading)}/`, own)).toMatchObject({ problem: 'STATUS', status: 307 })
    expect(reached).toBe(before)
  })

  test('without encryption goes into the operator’s own networks alone, and a port there is theirs', async () => {
    const own = new Addresses(parseNetworks('10.20.0.0/16, fd12::/48'))
    expect(own.allows('http://10.20.3.4:9000/')).toBe(true)
    expect(own.allows('http://10.21.3.4:9000/')).toBe(false)
    expect(own.allows('https://[fd12::5]:9000/')).toBe(true)
    for (const [address, url] of [
      ['10.21.0.1', 'http://system.example/'],
      ['93.184.216.34', 'http://system.example/'],
      ['93.184.216.34', 'https://system.example:6379/'],
    ] as const) {
      const named = new Addresses(parseNetworks('10.20.0.0/16'), leadsTo([address]))
      expect(await post(url, named)).toMatchObject({ problem: 'FORBIDDEN_ADDRESS' })
    }
  })

  test('has reached nothing inside, in all of this', () => {
    // The one that was let in by a setting.
    expect(reached).toBe(1)
  })
})

describe('what is sent', () => {
  const own = new Addresses(parseNetworks('127.0.0.0/8'))

  test('is bounded, and so is what is kept of the answer', async () => {
    const chatty = createServer((_request, response) => {
      response.writeHead(500)
      const more = () => void (response.write(`\u0000${'å'.repeat(10_000)}`) ? setImmediate(more) : response.once('drain', more))
      more()
    })
    servers.push(chatty)
    const url = `http://127.0.0.1:${await listen(chatty)}/`
    const { problem, status, answer } = await post(url, own)
    expect([problem, status, answer.length, answer.includes('\u0000')]).toEqual(['STATUS', 500, 500, false])
    expect(await send({ url, body: 'x'.repeat(1_000_001), headers: {} }, own)).toMatchObject({ problem: 'TOO_LARGE' })
  })

  test('to nobody is unreachable', async () => {
    expect(await post('http://127.0.0.1:1/', own)).toMatchObject({ problem: 'UNREACHABLE', status: undefined })
  })
})
