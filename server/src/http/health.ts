import type { ServerResponse } from 'node:http'

/** `/healthz` answers when the process does, `/readyz` when all that it needs does too; false for every other address. */
export const answerHealth = async (
  path: string | undefined,
  response: ServerResponse,
  isReady: () => Promise<boolean>,
): Promise<boolean> => {
  if (path !== '/healthz' && path !== '/readyz') return false
  const alive = path === '/healthz' || (await isReady())
  const word = path === '/healthz' ? 'ok' : alive ? 'ready' : 'not ready'
  response.writeHead(alive ? 200 : 503, { 'content-type': 'text/plain' }).end(word)
  return true
}
