import type { IncomingMessage, ServerResponse } from 'node:http'
import type { GraphQLSchema } from 'graphql'
import type { Logger } from 'pino'
import { answerCalendar } from '../calendar/calendar.http.ts'
import { CalendarLinks } from '../calendar/links.ts'
import type { Config } from '../config/config.ts'
import type { Database } from '../data/database.ts'
import { exportsDoor } from '../exports/exports.http.ts'
import type { BaseContext } from '../graph/execution.ts'
import type { Callers, Identified } from './callers.ts'

export interface ListDoors {
  readonly config: Config
  readonly database: Database
  readonly callers: Callers
  readonly schema: GraphQLSchema
  readonly log: Logger
  readonly contextOf: (request: IncomingMessage, slug: string, caller: Identified, end: () => void) => BaseContext
}

/** The doors by which lists leave as tables and as calendars; false for every other address. */
export const listDoors = ({ config, database, callers, schema, log, contextOf }: ListDoors) => {
  const contextFor = (request: IncomingMessage, slug: string, caller: Identified): BaseContext =>
    contextOf(request, slug, caller, () => undefined)
  const answerExports = exportsDoor({
    callers,
    schema,
    log,
    contextOf: contextFor,
    most: config.exportLimit,
    // Each holds a connection: the half of them is always there for everything else.
    atOnce: Math.max(1, Math.floor(config.pool / 2)),
  })
  const calendars = {
    links: new CalendarLinks(database),
    schema,
    contextOf: (request: IncomingMessage, slug: string, viewer: BaseContext['viewer']) =>
      contextFor(request, slug, { session: undefined, program: undefined, viewer }),
    most: config.exportLimit,
  }
  return async (request: IncomingMessage, response: ServerResponse): Promise<boolean> =>
    (await answerExports(request, response)) || answerCalendar(request, response, calendars)
}
