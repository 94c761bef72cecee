import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, expect, test } from 'vitest'
import { mint } from '../world/actor.ts'
import { does, jointTask } from '../world/acts.ts'
import { inTime } from '../world/eventually.ts'
import { openWorld } from '../world/world.ts'
import { caughtUp, EVERYTHING, keyOf, NETWORKS } from '../webhooks/hooks.ts'

// The receiver that the README shows. Its port must be there before the webhook, and its secret comes with the webhook: so it is made for an
// address where nobody listens yet, and the receiver is started there.

const world = await openWorld({ env: NETWORKS })
const torsby = await world.as('Torsby')
const ended: (() => void)[] = []
afterAll(async () => {
  for (const end of ended) end()
  await world.close()
})

test('receive.mjs prints what happens, once, and believes nobody else', async () => {
  const { createServer } = await import('node:net')
  const free = createServer().listen(0, '127.0.0.1')
  const port = await new Promise<number>((found) => {
    free.once('listening', () => found((free.address() as { port: number }).port))
  })
  await new Promise((closed) => free.close(closed))
  const url = `http://127.0.0.1:${port}/`
  const start = await torsby.cursor()
  const wanted = { id: mint(), name: 'Exemplet', url, document: EVERYTHING, key: await keyOf(torsby) }
  const { subject, secret = '' } = await does(torsby, 'makeWebhook', wanted)

  const program = join(import.meta.dirname, '../../examples/receive.mjs')
  const child = spawn(process.execPath, [program, String(port)], { env: { SAMSYN_WEBHOOK_SECRET: secret } })
  ended.push(() => child.kill('SIGKILL'))
  const lines: string[] = []
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line))
  await inTime('it listens', new Promise((listens) => child.stderr.once('data', listens)))

  const { id } = await jointTask(torsby, { title: 'Till exemplet' })
  await world.sql('update webhook set next_attempt_at = now()')
  await caughtUp(world, subject, 30_000)
  await does(torsby, 'replayWebhook', { id: subject.id, after: start })
  await caughtUp(world, subject, 30_000)
  const kinds = lines.map((line) => (JSON.parse(line) as { type: string }).type)
  expect(kinds.filter((kind) => kind === 'task.shared').length).toBeGreaterThan(0)
  expect(lines.filter((line) => line.includes(id) && line.includes('task.shared')).length).toBe(1)

  const forged = await fetch(url, { method: 'POST', body: '{"type":"task.created"}', headers: { 'webhook-id': 'x' } })
  expect(forged.status).toBe(400)
})
