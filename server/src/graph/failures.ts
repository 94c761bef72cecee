/**
 * Guards: what a caller can be told is listed, in codes and without words; what is not listed is a surprise.
 *
 * Expected failures: thrown by services, answered as members of result unions. They carry codes and parameters; the
 * client puts them into the reader's language. What is not one of these is a surprise and is masked.
 */
export const INPUT_ISSUE_CODES = [
  'EMPTY',
  'TOO_LONG',
  'TOO_MANY',
  'INVALID_CHARACTER',
  'INVALID_DATE',
  'INVALID_EMAIL',
  'INVALID_TIME',
  'INVALID_MOMENT',
  'INVALID_ID',
  'UNKNOWN',
  'TAKEN',
  'PERSONAL_NUMBER',
  'INVALID_ADDRESS',
  'INVALID_DOCUMENT',
] as const
export type InputIssueCode = (typeof INPUT_ISSUE_CODES)[number]

export interface InputIssue {
  readonly field: string
  readonly code: InputIssueCode
  readonly limit?: number
  /** For developers, in English: what is wrong inside something that they wrote. */
  readonly detail?: string
}

export class InvalidInput extends Error {
  readonly issues: readonly InputIssue[]
  constructor(issues: readonly InputIssue[]) {
    super(`Nothing was saved: ${issues.map((issue) => `${issue.field} ${issue.code}`).join(', ')}`)
    this.name = 'InvalidInput'
    this.issues = issues
  }
}

export interface FieldConflict {
  readonly field: string
  readonly current: readonly string[] | null
  readonly at: Date
  readonly actorId: string | null
}

export class Conflict extends Error {
  readonly currentVersion: number
  readonly conflicts: readonly FieldConflict[]
  constructor(currentVersion: number, conflicts: readonly FieldConflict[]) {
    super(`Nothing was saved: ${conflicts.map(({ field }) => field).join(', ')} changed since`)
    this.name = 'Conflict'
    this.currentVersion = currentVersion
    this.conflicts = conflicts
  }
}

export const REFUSAL_CODES = [
  'ROLE',
  'AUDIENCE',
  'ARCHIVED',
  'WITHDRAWN',
  'LAST_ADMIN',
  'NOT_OWN_PARTY',
  'NOT_AUTHOR',
  'KEY_REUSED',
  'NOT_SIGNATORY',
  'MANDATE',
  'STATE',
  'TEXT_CHANGED',
  'READ_ONLY_KEY',
] as const
export type RefusalCode = (typeof REFUSAL_CODES)[number]

export class NotAllowed extends Error {
  readonly code: RefusalCode
  constructor(code: RefusalCode) {
    super(`Nothing was saved: not allowed (${code})`)
    this.name = 'NotAllowed'
    this.code = code
  }
}

export class NotFound extends Error {
  readonly field: string
  constructor(field: string) {
    super(`Nothing was saved: ${field} names nothing that exists`)
    this.name = 'NotFound'
    this.field = field
  }
}
