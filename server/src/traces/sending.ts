import { context, diag, DiagLogLevel, propagation, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { W3CTraceContextPropagator } from '@opentelemetry/core'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { BatchSpanProcessor, ParentBasedSampler, TraceIdRatioBasedSampler, TracerProvider } from '@opentelemetry/sdk-trace'
import type { Logger } from 'pino'

export interface TracesAddress {
  /** A collector that takes OTLP over HTTP, at `/v1/traces` under this. */
  readonly endpoint: string
  /** Of the requests that come without a trace of their own, how many are traced: 0 to 1. */
  readonly share: number
}

/**
 * Sends what is traced from now on, for the whole process; resolves when what was left has gone. What the standard lets one set beside the
 * address (`OTEL_EXPORTER_OTLP_HEADERS` and others) is read by its own exporter.
 */
export const sendTraces = ({ endpoint, share }: TracesAddress, log: Logger): (() => Promise<void>) => {
  const say = (message: string) => log.warn({ said: message }, 'traces could not be sent')
  const nothing = () => undefined
  // Never through the logger's own levels: a collector that is away is a warning, and the hub goes on.
  diag.setLogger({ error: say, warn: say, info: nothing, debug: nothing, verbose: nothing }, DiagLogLevel.WARN)
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'samsyn' }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(share) }),
    spanProcessors: [
      new BatchSpanProcessor({
        exporter: new OTLPTraceExporter({ url: new URL('v1/traces', `${endpoint.replace(/\/?$/, '/')}`).href }),
      }),
    ],
  })
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  propagation.setGlobalPropagator(new W3CTraceContextPropagator())
  trace.setGlobalTracerProvider(provider)
  return () => provider.shutdown()
}
