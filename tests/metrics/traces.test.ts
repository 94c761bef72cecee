import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { jointTask } from '../world/acts.ts'
import { openWorld } from '../world/world.ts'

// Where the time of a request went, as a collector of OpenTelemetry's is sent it: the whole way, and nothing of who did what.

interface Span {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly name: string
  readonly attributes?: readonly { key: string; value: Record<string, unknown> }[]
}
interface Export {
  readonly resourceSpans: readonly { scopeSpans: readonly { spans: readonly Span[] }[] }[]
}

const said: string[] = []
const asked: (string | undefined)[] = []
const collector = createServer((request, response) => {
  const parts: Buffer[] = []
  request.on('data', (part: Buffer) => parts.push(part))
  request.on('end', () => {
    asked.push(request.url)
    const body = Buffer.concat(parts)
    said.push((request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString())
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
  })
})
await new Promise<void>((listening) => collector.listen(0, '127.0.0.1', listening))
const { port } = collector.address() as AddressInfo
const world = await openWorld({ env: { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}/`, OTEL_TRACES_SAMPLER_ARG: '0' } })
afterAll(async () => {
  await world.close()
  collector.close()
})

test('a request that brings a trace is followed to its last statement, and what was said in it is nobody’s', async () => {
  const torsby = await world.as('Torsby')
  const following = await torsby.followFromNow()
  const { id } = await jointTask(torsby, { title: 'Trygga vägar hem' })
  await following.until(({ subjectId }) => subjectId === id)
  await following.stop()
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'
  const answer = await torsby.fetch('/graphql', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      origin: torsby.origin,
      'samsyn-collaboration': String(torsby.slug),
      traceparent: `00-${traceId}-00f067aa0ba902b7-01`,
    },
    body: JSON.stringify({
      query: 'query Read($id: ID!) { node(id: $id) { ... on Task { title party { name } } } }',
      variables: { id },
    }),
  })
  expect(await answer.json()).toEqual({ data: { node: { title: 'Trygga vägar hem', party: { name: 'Torsby' } } } })
  await world.server.stop()

  expect(new Set(asked)).toEqual(new Set(['/v1/traces']))
  const spans = said.flatMap((text) =>
    (JSON.parse(text) as Export).resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)),
  )
  // Of the others none is wanted: what brings no trace of its own is not followed.
  expect(new Set(spans.map((span) => span.traceId))).toEqual(new Set([traceId]))
  const named = (name: string) => spans.filter((span) => span.name === name)
  const [request, operation, snapshot] = ['POST graphql', 'query Read', 'snapshot'].map((name) => named(name)[0])
  expect(request?.parentSpanId).toBe('00f067aa0ba902b7')
  expect(operation?.parentSpanId).toBe(request?.spanId)
  expect(snapshot?.parentSpanId).toBe(operation?.spanId)
  const statements = named('statement')
  expect(statements.length).toBeGreaterThan(2)
  const texts = statements.map(({ attributes }) => attributes?.find(({ key }) => key === 'db.query.text')?.value['stringValue'])
  expect(texts).toContain('BEGIN')
  expect(texts.some((text) => String(text).includes('FROM "public"."task"'))).toBe(true)
  for (const secret of [
    torsby.seat.name,
    torsby.seat.memberId,
    torsby.slug,
    'Torsby',
    'Trygga vägar',
    id,
    '127.0.0.1',
    String(torsby.cookie),
  ])
    expect(said.join('\n')).not.toContain(secret)
})
