#!/usr/bin/env node
// Takes what a webhook sends, with nothing but Node's own (20 or later), and prints it: one line for each thing that happens, once.
//
//     SAMSYN_WEBHOOK_SECRET=whsec_… node receive.mjs [port]
//
// What is signed is the id, the time and the body with dots between, by HMAC-SHA256 (Standard Webhooks). There are libraries for it in most
// languages; this is all that they do. An id that has been seen is answered and not printed again. A program that is to survive being cut
// off keeps the ids where it keeps what it was told.
import { createHmac, timingSafeEqual } from 'node:crypto'
import { createServer } from 'node:http'

const key = Buffer.from((process.env.SAMSYN_WEBHOOK_SECRET ?? '').replace(/^whsec_/, ''), 'base64')
const seen = new Set()

const isTrue = (headers, body) => {
  const { 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': signatures = '' } = headers
  if (Math.abs(Date.now() / 1000 - Number(time)) > 300) return false
  const right = createHmac('sha256', key).update(`${id}.${time}.${body}`).digest()
  const given = signatures.split(' ').map((one) => Buffer.from(one.replace(/^v1,/, ''), 'base64'))
  return given.some((one) => one.length === right.length && timingSafeEqual(one, right))
}

createServer(async (request, response) => {
  let body = ''
  for await (const chunk of request.setEncoding('utf8')) body += chunk
  if (!isTrue(request.headers, body)) return response.writeHead(400).end()
  const id = request.headers['webhook-id']
  if (!seen.has(id)) console.log(JSON.stringify({ id, ...JSON.parse(body) }))
  seen.add(id)
  response.writeHead(204).end()
}).listen(Number(process.argv[2] ?? 8080), '127.0.0.1', function () {
  console.error(`listening on ${this.address().port}`)
})
