import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Logger } from 'pino'
import { TryAgain } from '../data/failures.ts'
import { BodyTooLarge, refuseBody } from './request.ts'

/** Guards: whatever fails outside GraphQL is answered, with what may be done about it and nothing of why. */
export const answerFailure = (error: unknown, request: IncomingMessage, response: ServerResponse, log: Logger): void => {
  if (error instanceof BodyTooLarge) return refuseBody(request, response)
  const [status, words] =
    error instanceof SyntaxError
      ? ([400, 'Bad request'] as const)
      : error instanceof TryAgain
        ? ([503, 'Try again'] as const)
        : ([500, 'Unexpected error'] as const)
  if (status === 500) log.error({ err: error, path: request.url?.split('?', 1)[0] }, 'a request failed')
  if (!response.headersSent) {
    if (error instanceof TryAgain) response.setHeader('retry-after', Math.ceil(error.retryAfter / 1_000))
    response.writeHead(status, { 'content-type': 'text/plain', connection: 'close' })
  }
  response.end(words)
}
