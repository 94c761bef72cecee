import { parse } from 'csv-parse/sync'
import type { Actor } from '../world/actor.ts'
import type { Program } from '../world/program.ts'

// A table as a spreadsheet reads it: by a parser that nobody here wrote.

export type Row = Readonly<Record<string, string>>

export interface Asked {
  readonly variables?: Readonly<Record<string, unknown>>
  readonly language?: string
  readonly separator?: string
}

export const addressOf = (slug: string, list: string, { variables, ...rest }: Asked = {}): string => {
  const asked = new URLSearchParams({ ...rest, ...(variables && { variables: JSON.stringify(variables) }) })
  return `/c/${slug}/export/${list}.csv?${asked}`
}

/** As a person follows the link on a page: with the cookie, and nothing else. */
export const asPerson = (actor: Actor, list: string, asked: Asked = {}): Promise<Response> =>
  actor.fetch(addressOf(actor.slug ?? '', list, asked))

export const asProgram = (program: Program, slug: string, list: string, asked: Asked = {}): Promise<Response> =>
  fetch(`${program.origin}${addressOf(slug, list, asked)}`, { headers: { authorization: `Bearer ${program.key}` } })

/** The rows by the names of their columns. */
export const rowsOf = (table: string, delimiter = ';'): Row[] => parse(table, { bom: true, columns: true, delimiter })

/** A cell before it was made safe: an apostrophe stands before what would run. */
export const meant = (cell: string): string => cell.replace(/^'(?=[=+\-@\t\r＝＋－＠])/, '')
