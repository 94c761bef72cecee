import { once } from 'node:events'
import { Agent, createServer, type IncomingMessage, request as ask } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import { linger, sendResponse } from './request.ts'

afterEach(() => vi.useRealTimers())

test('a connection is not cut under the next request because the one before was answered without being read', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const server = createServer((request, response) => {
    // The last of the answer is on its way, and Node is done with the request, when this is called.
    request.once('close', () => linger(request))
    void sendResponse(response, new Response('Try again', { status: 503 }))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  onTestFinished(() => {
    agent.destroy()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const post = async () => {
    const asked = ask({ agent, port, host: '127.0.0.1', method: 'POST' })
    asked.end('{"query": "{ __typename }"}')
    const [answer] = (await once(asked, 'response')) as [IncomingMessage]
    answer.resume()
    await once(answer, 'end')
    return [answer.statusCode, asked.reusedSocket]
  }
  expect(await post()).toEqual([503, false])
  await vi.advanceTimersByTimeAsync(2_500)
  expect(await post()).toEqual([503, true])
})
