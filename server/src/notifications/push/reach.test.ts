import { createServer } from 'node:http'
import { Agent as PlainAgent } from 'node:http'
import { Agent } from 'node:https'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { isPublic } from '../../http/publicAddress.ts'
import { type LookUp, mayBeReached, NotReachable, post } from './reach.ts'

// An address that somebody names leads out of here: which addresses are public, and what a name is worth that changes its mind.

const agents = { plain: new PlainAgent(), secure: new Agent() }
let asked = 0
const server = createServer((request, response) => {
  asked += 1
  if (request.url === '/moved') response.writeHead(307, { location: '/inside' })
  else response.writeHead(201)
  response.end()
})
await once(server.listen(0, '127.0.0.1'), 'listening')
const { port } = server.address() as AddressInfo
afterAll(() => void server.close())

const message = { headers: {}, body: new Uint8Array(3) }
const says =
  (...answers: string[][]): LookUp =>
  (_host, _options, done) =>
    done(
      null,
      (answers.shift() ?? []).map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    )

test('public is what everybody reaches, and nothing that carries an address of the own network', () => {
  for (const address of [
    '1.1.1.1',
    '172.15.0.1',
    '172.32.0.1',
    '100.128.0.1',
    '223.255.255.254',
    '2606:4700::1111',
    '2a00:1450::1',
  ])
    expect(isPublic(address), address).toBe(true)
  for (const address of [
    '0.0.0.0',
    '10.0.0.1',
    '100.64.0.1',
    '127.0.0.1',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '198.18.0.1',
    '203.0.113.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    '2001:db8::1',
    '2001::1',
    '2002:7f00:1::',
    'fc00::1',
    'fe80::1',
    'ff02::1',
    'name',
    '',
  ])
    expect(isPublic(address), address).toBe(false)
})

test('what can be seen of an address is looked at before anything is looked up', async () => {
  for (const address of [
    'http://push.example/a',
    'https://localhost/a',
    'https://0x7f000001/a',
    'https://[::ffff:7f00:1]/a',
    'ftp://a.b/c',
    'x',
  ])
    expect(mayBeReached(address, []), address).toBe(false)
  expect(mayBeReached('https://push.example/a', [])).toBe(true)
  await expect(post(`http://127.0.0.1:${port}/a`, message, [], agents)).rejects.toThrow(NotReachable)
  expect(asked).toBe(0)
})

test('a name that leads inside is not followed, also when it says so among other things, or later', async () => {
  const to = (...answers: string[][]) => post('https://push.example/a', message, [], agents, says(...answers))
  await expect(to(['127.0.0.1'])).rejects.toThrow(NotReachable)
  await expect(to(['1.1.1.1', '10.0.0.1'])).rejects.toThrow(NotReachable)
  await expect(to(['::1'])).rejects.toThrow(NotReachable)
  await expect(to([])).rejects.toThrow(NotReachable)
})

test('where the operator says so, the own network is reached; what is led on to is not', async () => {
  const inside = [`http://127.0.0.1:${port}`]
  expect(await post(`http://127.0.0.1:${port}/a`, message, inside, agents)).toBe(201)
  expect(await post(`http://127.0.0.1:${port}/moved`, message, inside, agents)).toBe(307)
  expect(asked).toBe(2)
})
