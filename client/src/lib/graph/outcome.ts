// Guards: no failure of an act goes unseen: each becomes one of these, also one that nobody foresaw.
//
// What comes of an act. Expected failures are members of the result unions; here they become one small type that every form
// and every card can show. `language/explain.ts` has the words.
import type { CombinedError } from '@urql/core'

export type IssueCode =
  | 'EMPTY'
  | 'TOO_LONG'
  | 'TOO_MANY'
  | 'INVALID_CHARACTER'
  | 'INVALID_DATE'
  | 'INVALID_EMAIL'
  | 'INVALID_TIME'
  | 'INVALID_MOMENT'
  | 'INVALID_ID'
  | 'UNKNOWN'
  | 'TAKEN'
  | 'PERSONAL_NUMBER'
  | 'INVALID_ADDRESS'
  | 'INVALID_DOCUMENT'
export type RefusalCode =
  | 'ROLE'
  | 'AUDIENCE'
  | 'ARCHIVED'
  | 'WITHDRAWN'
  | 'LAST_ADMIN'
  | 'NOT_OWN_PARTY'
  | 'NOT_AUTHOR'
  | 'KEY_REUSED'
  | 'NOT_SIGNATORY'
  | 'MANDATE'
  | 'STATE'
  | 'TEXT_CHANGED'
  | 'READ_ONLY_KEY'
/** `detail` is for developers, in English: what is wrong inside something that they wrote. */
export type Issue = { field: string; code: IssueCode; limit: number | null; detail?: string | null }
export type ConflictActor = {
  id: string
  name: string
  title: string
  party: { id: string; name: string; mark: string; ordinal: number }
}
export type FieldConflict = { field: string; current: readonly (string | null)[] | null; at: string; actor: ConflictActor | null }

export type Problem =
  | { kind: 'invalid'; issues: readonly Issue[] }
  | { kind: 'conflict'; version: number; conflicts: readonly FieldConflict[] }
  | { kind: 'refused'; code: RefusalCode }
  | { kind: 'missing' }
  | { kind: 'busy'; retryAfter: number }
  /** It has been done, and what came of it is not known yet. */
  | { kind: 'unanswered'; retryAfter: number }
  /** One has asked for too much in a minute; milliseconds until there is room. */
  | { kind: 'hurried'; retryAfter: number }
  | { kind: 'offline' }
  | { kind: 'signed-out' }
  | { kind: 'broken'; reference: string | null }

export type Outcome = { ok: true } | { ok: false; problem: Problem }

/** The failing members of every result union, as the documents select them. */
export type Failure =
  | { __typename: 'InvalidInput'; issues: readonly Issue[] }
  | { __typename: 'Conflict'; currentVersion: number; conflicts: readonly FieldConflict[] }
  | { __typename: 'NotAllowed'; code: RefusalCode }
  | { __typename: 'NotFound'; field: string }
  | { __typename: 'TryAgain'; retryAfter: number }

export const problemOf = (failure: Failure): Problem => {
  switch (failure.__typename) {
    case 'InvalidInput':
      return { kind: 'invalid', issues: failure.issues }
    case 'Conflict':
      return { kind: 'conflict', version: failure.currentVersion, conflicts: failure.conflicts }
    case 'NotAllowed':
      return { kind: 'refused', code: failure.code }
    case 'NotFound':
      return { kind: 'missing' }
    case 'TryAgain':
      return { kind: 'busy', retryAfter: failure.retryAfter }
  }
}

const text = (value: unknown) => (typeof value === 'string' ? value : null)

/** An error outside the unions: the network, the session, overload, or a bug that carries a reference into the log. */
export const problemOfError = (error: CombinedError): Problem => {
  if (error.networkError && error.response?.status === undefined) return { kind: 'offline' }
  for (const { extensions } of error.graphQLErrors) {
    if (extensions.code === 'UNAUTHENTICATED') return { kind: 'signed-out' }
    if (extensions.code === 'RATE_LIMITED') return { kind: 'hurried', retryAfter: Number(extensions.retryAfter ?? 1000) }
    if (extensions.code === 'TRY_AGAIN') return { kind: 'busy', retryAfter: Number(extensions.retryAfter ?? 1000) }
    if (extensions.code === 'ANSWER_LOST') return { kind: 'unanswered', retryAfter: Number(extensions.retryAfter ?? 1000) }
  }
  if (error.response?.status === 502 || error.response?.status === 503) return { kind: 'offline' }
  return {
    kind: 'broken',
    reference: text(error.graphQLErrors.find(({ extensions }) => extensions.reference)?.extensions.reference),
  }
}
