import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { stringify } from 'csv-stringify'
import type { GraphQLSchema } from 'graphql'
import type { Logger } from 'pino'
import { TryAgain } from '../data/failures.ts'
import { type BaseContext, inSnapshot } from '../graph/execution.ts'
import { attachmentOf } from '../http/attachment.ts'
import type { Callers, Identified } from '../http/callers.ts'
import { bearerOf, refuseKey } from '../http/request.ts'
import { swedish } from '../language/sv.ts'
import { type Words, wordsOf } from '../language/language.ts'
import { isListName, listOf, type ListName } from './lists.ts'
import { ExportRefused, rowsOf } from './rows.ts'

/**
 * Guards: a list leaves as a table only as far as whoever asks may read it now, is one moment's from its first row to its last, and
 * does nothing to whoever opens it.
 *
 * `GET /c/<collaboration>/export/<list>.csv` asks the list's own question (`lists.ts`) as the one who came, by cookie or by key, with
 * `variables` as GraphQL takes them. A spreadsheet runs what begins as a formula, so `csv-stringify` puts an apostrophe before it. The
 * rows are written as they are read; a connection is held meanwhile, and so neither many nor slow ones may read at once.
 */
export const EXPORTS_PATH = /^\/c\/([a-z0-9-]{1,100})\/export\/([a-z]{1,20})\.csv$/

/** A table is read to its end in this time, or is cut off, so that one sees that it is not whole. */
const MOST_MS = 25_000
const SEPARATORS: ReadonlyMap<string, string> = new Map([
  ['semicolon', ';'],
  ['comma', ','],
  ['tab', '\t'],
])
const STATUS = { INVALID: 400, UNAUTHENTICATED: 401, NOT_FOUND: 404, TOO_MANY_ROWS: 413, TRY_AGAIN: 503 } as const

export interface ExportDoor {
  readonly callers: Callers
  readonly schema: GraphQLSchema
  readonly log: Logger
  readonly contextOf: (request: IncomingMessage, slug: string, caller: Identified) => BaseContext
  /** The longest list, in rows. */
  readonly most: number
  /** So many tables are read at once at most. */
  readonly atOnce: number
}

/** Answers what is asked for at this door; false for every other address. */
export const exportsDoor = (door: ExportDoor): ((request: IncomingMessage, response: ServerResponse) => Promise<boolean>) => {
  let reading = 0
  return async (request, response) => {
    const [path = '', query = ''] = (request.url ?? '').split('?', 2)
    const [match, slug = '', name = ''] = EXPORTS_PATH.exec(path) ?? []
    if (match === undefined) return false
    if (request.method !== 'GET') {
      response.writeHead(405, { allow: 'GET' }).end('Method not allowed')
      return true
    }
    const asked = new URLSearchParams(query)
    const words = wordsOf(asked.get('language'))
    const key = bearerOf(request.headers.authorization)
    // A link is followed by a person, with the cookie alone, as pages are.
    const caller =
      key === undefined ? await door.callers.byCookie(request.headers.cookie, slug) : await door.callers.byKey(key, slug)
    if (typeof caller === 'string') {
      refuseKey(request, response, caller)
      return true
    }
    try {
      if (!caller.viewer) throw new ExportRefused('UNAUTHENTICATED')
      if (!isListName(name)) throw new ExportRefused('NOT_FOUND')
      const how = howIn(asked, words)
      if (reading >= door.atOnce) throw new ExportRefused('TRY_AGAIN')
      reading += 1
      try {
        await give(response, door, door.contextOf(request, slug, caller), name, { ...how, slug })
      } finally {
        reading -= 1
      }
    } catch (error) {
      const refused = error instanceof TryAgain ? new ExportRefused('TRY_AGAIN') : error
      if (response.headersSent) {
        door.log.warn({ err: error, list: name }, 'a table was cut off')
        response.destroy()
        return true
      }
      if (!(refused instanceof ExportRefused)) throw error
      refuse(response, refused, { words: words ?? swedish, most: door.most, program: key !== undefined })
    }
    return true
  }
}

interface How {
  readonly words: Words
  readonly delimiter: string
  readonly variables: Readonly<Record<string, unknown>>
}

const howIn = (asked: URLSearchParams, words: Words | undefined): How => {
  const unknown = [...asked.keys()].find((name) => !['language', 'separator', 'variables'].includes(name))
  if (unknown !== undefined) throw new ExportRefused('INVALID', `${unknown} is nothing that can be asked for`)
  if (!words) throw new ExportRefused('INVALID', 'language is sv or en')
  const delimiter = SEPARATORS.get(asked.get('separator') ?? 'semicolon')
  if (delimiter === undefined) throw new ExportRefused('INVALID', `separator is ${[...SEPARATORS.keys()].join(', ')}`)
  return { words, delimiter, variables: variablesIn(asked.get('variables')) }
}

const variablesIn = (text: string | null): Readonly<Record<string, unknown>> => {
  try {
    const variables: unknown = JSON.parse(text ?? '{}')
    if (typeof variables === 'object' && variables !== null && !Array.isArray(variables))
      return variables as Readonly<Record<string, unknown>>
  } catch {
    // Told below.
  }
  throw new ExportRefused('INVALID', 'variables is a JSON object')
}

const give = (
  response: ServerResponse,
  { schema, most }: ExportDoor,
  base: BaseContext,
  name: ListName,
  { words, delimiter, variables, slug }: How & { readonly slug: string },
): Promise<void> =>
  inSnapshot(schema, base, async (ask) => {
    const list = listOf(name)
    const rows = await rowsOf(ask, { list, variables, words, most, home: `${base.origin}/c/${slug}` })
    response.writeHead(200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': attachmentOf(`samsyn-${words.list[name]}.csv`),
      'cache-control': 'no-store',
      'content-security-policy': "sandbox; default-src 'none'",
      'cross-origin-resource-policy': 'same-origin',
    })
    const table = stringify({
      // Excel in Swedish reads UTF-8 where this mark stands first, and cells between semicolons.
      bom: true,
      delimiter,
      columns: list.columns.map(([field]) => words.field[field]),
      header: true,
      record_delimiter: 'windows',
      quote_record_delimiter: true,
      escape_formulas: true,
    })
    await pipeline(Readable.from(rows, { objectMode: true }), table, response, { signal: AbortSignal.timeout(MOST_MS) }).catch(
      (error: unknown) => {
        // A reader who leaves midway, or does not come to the end, is no fault of ours.
        if (
          !(error instanceof Error) ||
          !['ERR_STREAM_PREMATURE_CLOSE', 'ABORT_ERR'].includes(String(Reflect.get(error, 'code')))
        )
          throw error
      },
    )
  })

const refuse = (
  response: ServerResponse,
  { code, detail }: ExportRefused,
  { words, most, program }: { readonly words: Words; readonly most: number; readonly program: boolean },
): void => {
  const message = {
    INVALID: words.invalid,
    UNAUTHENTICATED: words.signedOut,
    NOT_FOUND: words.missing,
    TOO_MANY_ROWS: words.tooMany(most),
    TRY_AGAIN: words.busy,
  }[code]
  response.writeHead(STATUS[code], {
    'content-type': program ? 'application/json; charset=utf-8' : 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
    ...(code === 'TRY_AGAIN' && { 'retry-after': '5' }),
  })
  const told = { code, message: detail ?? message, ...(code === 'TOO_MANY_ROWS' && { limit: most }) }
  response.end(program ? JSON.stringify(told) : `${message}\n`)
}
