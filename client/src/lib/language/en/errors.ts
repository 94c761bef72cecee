import type { IssueCode } from '../../graph/outcome.ts'
import type { Like } from '../like.ts'
import { plural } from '../plural.ts'
import type { errors as sv } from '../sv/errors.ts'

const issue: Record<IssueCode, (limit: number | null) => string> = {
  EMPTY: () => 'Write something here.',
  TOO_LONG: (limit: number | null) => (limit ? `Too long: at most ${limit} characters fit.` : 'Too long.'),
  TOO_MANY: (limit: number | null) => (limit ? `Too many: at most ${limit}.` : 'Too many.'),
  INVALID_CHARACTER: () => 'The text has a character that cannot be saved. Remove it and try again.',
  INVALID_DATE: () => 'There is no such date. Write year, month and day, for example 2027-03-12.',
  INVALID_TIME: () => 'This is not a time of day. Write hours and minutes, for example 07:30.',
  INVALID_MOMENT: () => 'Choose a time ahead, at most a year away.',
  INVALID_EMAIL: () => 'This is not an e-mail address. It should look like name@municipality.se.',
  INVALID_ID: () => 'Something in the form is wrong. Reload the page and try again.',
  UNKNOWN: () => 'This is no longer here. Choose something else.',
  TAKEN: () => 'This is already in use.',
  PERSONAL_NUMBER: () =>
    'There is a personal identity number here. Such numbers may not be shared with other parties. Take it out and try again.',
  INVALID_ADDRESS: () =>
    'Nothing can be sent there. The address must begin with https:// and lead to a server that can be reached from the internet.',
  INVALID_DOCUMENT: () => 'This does not work as a query.',
}

export const errors = {
  issue,
  refused: {
    ROLE: 'Your role does not allow this. Ask a coordinator of your party.',
    AUDIENCE: 'That is not possible with this audience. A task can be shared with more parties, not with fewer.',
    ARCHIVED: 'The task is put away. Restore it first.',
    WITHDRAWN: 'The comment is withdrawn and cannot be changed.',
    LAST_ADMIN: 'Your party must keep at least one administrator.',
    NOT_OWN_PARTY: 'Only the own party can do this.',
    NOT_AUTHOR: 'Only the one who wrote it can do this.',
    KEY_REUSED: 'Something went wrong in sending. Reload the page and try again.',
    NOT_SIGNATORY: 'Only the parties that have signed the agreement can do this.',
    MANDATE: 'You hold no mandate for this that is valid today. Ask somebody in your party who does.',
    STATE: 'This can no longer be done, or not yet. Reload the page to see where it stands.',
    TEXT_CHANGED: 'The text is no longer the one you read. Read the new one before you go on.',
    READ_ONLY_KEY: 'An API key can only read.',
  },
  conflict: 'Somebody else changed the same thing first. Choose which one to keep.',
  missing: 'This does not exist, or not for you.',
  busy: 'A lot is going on right now. Try again in a moment.',
  unanswered: 'It has been done, but the answer did not arrive. Reload the page to see it.',
  hurried: (seconds: number) =>
    `You have done a lot in a short time. Wait ${seconds} ${plural(seconds, 'second', 'seconds')} and try again.`,
  offline: 'No contact with the server. Nothing was saved; try again when the connection is back.',
  signedOut: 'You are signed out. Sign in again.',
  broken: (reference: string | null) =>
    reference
      ? `Something unexpected happened. Mention ${reference} if you report it.`
      : 'Something unexpected happened. Try again.',
} satisfies Like<typeof sv>
