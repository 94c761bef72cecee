import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Attributes, context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { doorOf } from '../http/doors.ts'

/**
 * Guards: whoever runs the hub can follow where the time of one request went, and learns from it as little of who did what as from the
 * figures: doors, names of operations, statements without what they were asked with, and kinds of failure.
 *
 * Spans are made through OpenTelemetry's own interface everywhere; where nobody is sent them (`sending.ts`), making one costs next to nothing.
 */
const tracer = trace.getTracer('samsyn')

/** Work as a span of its own, inside the one that is under way or, with `root`, of nothing. */
export const traced = <T>(
  name: string,
  { root = false, ...attributes }: Attributes & { readonly root?: boolean },
  work: () => Promise<T>,
): Promise<T> =>
  tracer.startActiveSpan(name, { root, attributes }, async (span) => {
    try {
      return await work()
    } catch (error) {
      // What a failure says may name somebody.
      span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : 'unknown' })
      throw error
    } finally {
      span.end()
    }
  })

/** A request, as part of the trace that it came with, until its answer has gone. */
export const tracedRequest = (request: IncomingMessage, response: ServerResponse, work: () => Promise<void>): Promise<void> => {
  const method = request.method ?? 'GET'
  const door = doorOf(request.url ?? '/')
  const attributes = { 'http.request.method': method, 'http.route': door }
  const from = propagation.extract(context.active(), request.headers)
  return tracer.startActiveSpan(`${method} ${door}`, { kind: SpanKind.SERVER, attributes }, from, (span) => {
    response.once('close', () => {
      span.setAttribute('http.response.status_code', response.statusCode)
      if (response.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR })
      span.end()
    })
    return work()
  })
}
