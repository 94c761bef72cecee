import { BackupProblem } from '../backup/manifest.ts'
import { ConfigError } from '../config/config.ts'
import { type InputIssue, type InputIssueCode, InvalidInput } from '../graph/failures.ts'
import { Failure } from './command.ts'

const SAID: Readonly<Record<InputIssueCode, (limit: number | undefined) => string>> = {
  EMPTY: () => 'is empty',
  TOO_LONG: (limit) => `is longer than ${limit} characters`,
  TOO_MANY: (limit) => `is given more than ${limit} times`,
  INVALID_CHARACTER: () => 'contains a character that is not allowed, such as a line break or a control character',
  INVALID_DATE: () => 'is not a date',
  INVALID_EMAIL: () => 'is not an e-mail address',
  INVALID_TIME: () => 'is not a time of day such as 07:00',
  INVALID_MOMENT: () => 'is not ahead, or too far',
  INVALID_ID: () => 'is not an id',
  UNKNOWN: () => 'names nothing that exists',
  TAKEN: () => 'is taken',
  PERSONAL_NUMBER: () => 'contains a personal identity number',
  INVALID_ADDRESS: () => 'is no address to send to',
  INVALID_DOCUMENT: () => 'is no GraphQL that is executed here',
}

const say = ({ field, code, limit }: InputIssue): string => `--${field} ${SAID[code](limit)}`

/** What went wrong, in a sentence for the operator; a surprise with all that is known of it. */
export const explain = (error: unknown): string => {
  if (error instanceof InvalidInput) return error.issues.map(say).join('\n')
  // By its name: what declares it brings the database along.
  if (error instanceof Error && error.name === 'TryAgain')
    return 'The database is too busy, or somebody else changes the same thing. Try again.'
  if (error instanceof ConfigError || error instanceof Failure || error instanceof BackupProblem) return error.message
  // The database can't be reached, a role is missing, a migration failed: its own words say it best.
  if (error instanceof AggregateError) return error.errors.map(explain).join('\n')
  return error instanceof Error ? error.message : String(error)
}
