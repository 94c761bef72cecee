import type { DocumentNode } from 'graphql'
import type { Words } from '../language/language.ts'

export interface Named {
  readonly name: string
}
export interface Member extends Named {
  readonly party: Named
}

/** One page of a list, as GraphQL gives it. */
export interface Connection<Row> {
  readonly totalCount?: number
  readonly nodes: readonly Row[]
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
}

export type Field = keyof Words['field']

/** How things are told in the table: in which language, in whose time, with which names. */
export interface Telling {
  readonly words: Words
  /** A moment by the collaboration's clock, to the minute. */
  readonly moment: (at: string | null) => string | null
  /** The address of a thing's page. */
  readonly link: (room: 'tasks', id: string) => string
  /** What something that is referred to is called; undefined for what the reader may not know of. */
  readonly nameOf: (id: string) => string | undefined
}

export type Cell = string | number | null

/** A list as a table: what is asked, where the rows are in the answer, and what is shown of each. */
export interface List<Row, Answer> {
  /** Asked once for each page, with `after`, and with `collaboration { timeZone }` beside. */
  readonly document: DocumentNode
  /** Nothing where there is no such list for whoever asks. */
  readonly page: (answer: Answer) => Connection<Row> | null | undefined
  /** Ids that the rows refer to, whose names are wanted. */
  readonly named?: (rows: readonly Row[]) => readonly string[]
  readonly columns: readonly (readonly [Field, (row: Row, telling: Telling) => Cell])[]
}
