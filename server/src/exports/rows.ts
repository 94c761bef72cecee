import { type ExecutionResult, Kind, parse } from 'graphql'
import type { Ask } from '../graph/execution.ts'
import { fromGlobalId } from '../graph/globalId.ts'
import type { Words } from '../language/language.ts'
import type { Cell, Connection, List, Telling } from './list.ts'

/** Guards: no more than one page of a list is held, however long it is, and no list is longer than the bound. */

/** Why there is no table. */
export class ExportRefused extends Error {
  readonly code: 'INVALID' | 'NOT_FOUND' | 'TOO_MANY_ROWS' | 'TRY_AGAIN' | 'UNAUTHENTICATED'
  readonly detail: string | undefined
  constructor(code: ExportRefused['code'], detail?: string) {
    super(detail ?? code)
    this.name = 'ExportRefused'
    this.code = code
    this.detail = detail
  }
}

export interface Wanted {
  readonly list: List<unknown, unknown>
  readonly variables: Readonly<Record<string, unknown>>
  readonly words: Words
  /** Where the pages of the collaboration are. */
  readonly home: string
  readonly most: number
}

interface Answered {
  readonly page: Connection<unknown>
  readonly timeZone: string
}

/**
 * The rows, page after page. The first page has been read, and its length been looked at, when this resolves: what is refused is
 * refused before anything has been sent.
 */
export const rowsOf = async (ask: Ask, wanted: Wanted): Promise<AsyncGenerator<readonly Cell[], void>> => {
  const unknown = Object.keys(wanted.variables).find((name) => !variablesOf(wanted.list).includes(name))
  if (unknown !== undefined) throw new ExportRefused('INVALID', `the list has no variable ${unknown}`)
  const first = await askFor(ask, wanted, null)
  if ((first.page.totalCount ?? first.page.nodes.length) > wanted.most) throw new ExportRefused('TOO_MANY_ROWS')
  return rows(ask, wanted, first)
}

/** What may be asked of the list; where a page begins is ours to say. */
const variablesOf = ({ document }: Wanted['list']): readonly string[] =>
  document.definitions
    .flatMap((definition) => (definition.kind === Kind.OPERATION_DEFINITION ? (definition.variableDefinitions ?? []) : []))
    .map(({ variable }) => variable.name.value)
    .filter((name) => name !== 'after')

async function* rows(ask: Ask, wanted: Wanted, first: Answered): AsyncGenerator<readonly Cell[], void> {
  const { columns, named } = wanted.list
  let sent = 0
  for (let { page, timeZone } = first; ; { page, timeZone } = await askFor(ask, wanted, page.pageInfo.endCursor)) {
    sent += page.nodes.length
    // A list that does not say how long it is comes to its bound on the way: whoever reads sees the answer cut off.
    if (sent > wanted.most) throw new ExportRefused('TOO_MANY_ROWS')
    const telling = tellingOf(wanted, timeZone, await namesOf(ask, named?.(page.nodes) ?? []))
    for (const row of page.nodes) yield columns.map(([, cell]) => cell(row, telling))
    if (!page.pageInfo.hasNextPage) return
  }
}

const askFor = async (ask: Ask, { list, variables }: Wanted, after: string | null): Promise<Answered> => {
  const data = dataOf(await ask(list.document, { ...variables, after }))
  const page = list.page(data)
  const { collaboration } = data as { collaboration: { timeZone: string } | null }
  if (!page || !collaboration) throw new ExportRefused('NOT_FOUND')
  return { page, timeZone: collaboration.timeZone }
}

/** What was answered. Variables that do not fit are told of, a surprise is thrown as it came. */
const dataOf = ({ data, errors }: ExecutionResult): unknown => {
  const [error] = errors ?? []
  if (!error) return data
  if (error.path === undefined) throw new ExportRefused('INVALID', error.message)
  throw error.originalError ?? error
}

const NAMES = parse(
  'query Names($ids: [ID!]!) { nodes(ids: $ids) { id ... on Party { name } ... on Member { name } ... on Clause { number heading } } }',
)

const namesOf = async (ask: Ask, ids: readonly string[]): Promise<ReadonlyMap<string, string>> => {
  const wanted = [...new Set(ids)]
  if (wanted.length === 0) return new Map()
  const { nodes } = dataOf(await ask(NAMES, { ids: wanted })) as {
    nodes: readonly ({ id: string; name?: string; number?: string | null; heading?: string } | null)[]
  }
  return new Map(
    nodes.flatMap((node) =>
      node ? [[node.id, node.name ?? [node.number, node.heading].filter(Boolean).join(' ')] as const] : [],
    ),
  )
}

const tellingOf = ({ words, home }: Wanted, timeZone: string, names: ReadonlyMap<string, string>): Telling => {
  // Year, month and day, hour and minute: as a Swedish spreadsheet takes a moment to be one.
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })
  return {
    words,
    moment: (at) => at && clock.format(new Date(at)),
    link: (room, id) => `${home}/${room}/${fromGlobalId('Task', id) ?? ''}`,
    nameOf: (id) => names.get(id),
  }
}
