import type { Page } from 'playwright-core'

/** What a page asks of the network and what its socket is told, from the moment of the call. */
export interface PageWatch {
  /** Documents loaded, fetches of GraphQL by the name of their operation, frames that matter. */
  readonly documents: string[]
  readonly operations: string[]
  readonly sockets: string[]
  readonly received: string[]
  readonly reset: () => void
}

export const watch = (page: Page): PageWatch => {
  const documents: string[] = []
  const operations: string[] = []
  const sockets: string[] = []
  const received: string[] = []
  page.on('request', (request) => {
    if (request.resourceType() === 'document') documents.push(request.url())
    if (!request.url().endsWith('/graphql') || request.method() !== 'POST') return
    const { operationName } = JSON.parse(request.postData() ?? '{}') as { operationName?: string }
    operations.push(operationName ?? 'unnamed')
  })
  page.on('websocket', (socket) => {
    sockets.push(socket.url())
    socket.on('framereceived', ({ payload }) => void received.push(String(payload)))
  })
  const reset = () => {
    for (const list of [documents, operations, sockets, received]) list.length = 0
  }
  return { documents, operations, sockets, received, reset }
}
