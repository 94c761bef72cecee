import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { isSeated } from '../access/viewer.ts'
import { attachmentOf } from '../http/attachment.ts'
import type { Callers } from '../http/callers.ts'
import { bearerOf, forbid, linger, refuseKey } from '../http/request.ts'
import type { FileKeeper } from './keeper.ts'
import { FILE_REFUSALS, FileRefused } from './refusals.ts'

/**
 * Guards: bytes come and go by the same rules as rows, and never run in anybody's browser.
 *
 * `POST /c/<collaboration>/files` takes one file as the whole body, from a page of ours, with its name percent-encoded in
 * `samsyn-file-name`, and answers with the id of an upload. `GET /c/<collaboration>/files/<id>/<name>` gives one: as an attachment,
 * of the type that was found in it, to be kept by nobody between. What one may not read, what was removed and what never was are one
 * answer.
 */
export const FILES_PATH = /^\/c\/([a-z0-9-]{1,100})\/files(?:\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/[^/]*)?$/

export const answerFiles = async (
  request: IncomingMessage,
  response: ServerResponse,
  { callers, keeper }: { readonly callers: Callers; readonly keeper: FileKeeper },
): Promise<boolean> => {
  const [match, slug, id] = FILES_PATH.exec(request.url?.split('?', 1)[0] ?? '') ?? []
  if (match === undefined) return false
  if (id === undefined) await take(request, response, slug, callers, keeper)
  else await give(request, response, slug, id, callers, keeper)
  return true
}

/** How long an upload may be silent, and how long it may last. */
const SILENCE_MS = 30_000
export const UPLOAD_MS = 15 * 60_000

const take = async (
  request: IncomingMessage,
  response: ServerResponse,
  slug: string | undefined,
  callers: Callers,
  keeper: FileKeeper,
): Promise<void> => {
  if (request.method !== 'POST') return void response.writeHead(405, { allow: 'POST' }).end('Method not allowed')
  const key = bearerOf(request.headers.authorization)
  if (!callers.mayCome(request, key !== undefined)) return forbid(request, response)
  request.setTimeout(SILENCE_MS, () => request.destroy())
  try {
    if (key !== undefined) throw new FileRefused('READ_ONLY_KEY')
    const { viewer } = await callers.byCookie(request.headers.cookie, slug)
    if (!isSeated(viewer)) throw new FileRefused('UNAUTHENTICATED')
    const upload = await keeper.take(viewer, request, nameIn(request.headers['samsyn-file-name']))
    tell(response, 201, { upload: Buffer.from(`Upload:${upload}`).toString('base64') })
  } catch (error) {
    // Whoever hangs up midway is told nothing more.
    if (request.destroyed && !request.complete) return
    if (!(error instanceof FileRefused)) throw error
    tell(response, FILE_REFUSALS[error.code], { code: error.code, ...(error.limit !== undefined && { limit: error.limit }) })
    linger(request)
  }
}

const nameIn = (header: string | string[] | undefined): string => {
  try {
    return decodeURIComponent(String(header ?? ''))
  } catch {
    throw new FileRefused('NAME')
  }
}

const tell = (response: ServerResponse, status: number, body: object): void =>
  void response
    .writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' })
    .end(JSON.stringify(body))

const give = async (
  request: IncomingMessage,
  response: ServerResponse,
  slug: string | undefined,
  id: string,
  callers: Callers,
  keeper: FileKeeper,
): Promise<void> => {
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return void response.writeHead(405, { allow: 'GET, HEAD' }).end('Method not allowed')
  const key = bearerOf(request.headers.authorization)
  // A link is followed by a person, with the cookie alone, as pages are.
  const caller = key === undefined ? await callers.byCookie(request.headers.cookie, slug) : await callers.byKey(key, slug)
  if (typeof caller === 'string') return refuseKey(request, response, caller)
  const content = caller.viewer && (await keeper.give(caller.viewer, id))
  if (!content)
    return void response.writeHead(404, { 'content-type': 'text/plain', 'cache-control': 'no-store' }).end('Not found')
  response.writeHead(200, {
    'content-type': content.mediaType,
    'content-length': content.size,
    'content-disposition': attachmentOf(content.name),
    'cache-control': 'private, no-store',
    'content-security-policy': "sandbox; default-src 'none'",
    'cross-origin-resource-policy': 'same-origin',
  })
  if (request.method === 'HEAD') {
    content.bytes.destroy()
    return void response.end()
  }
  // A reader who leaves midway is no fault of ours.
  await pipeline(content.bytes, response).catch(() => response.destroy())
}
