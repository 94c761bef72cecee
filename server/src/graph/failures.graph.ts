import { builder } from './builder.ts'
import { TryAgain } from '../data/failures.ts'
import {
  Conflict,
  INPUT_ISSUE_CODES,
  InvalidInput,
  type FieldConflict,
  type InputIssue,
  NotAllowed,
  NotFound,
  REFUSAL_CODES,
} from './failures.ts'

const InputIssueCode = builder.enumType('InputIssueCode', {
  description:
    'What is wrong with an input field. EMPTY, TOO_LONG and TOO_MANY: outside its bounds. INVALID_CHARACTER: one that cannot be kept, as NUL. ' +
    'INVALID_DATE, INVALID_EMAIL, INVALID_TIME and INVALID_ID: no such thing could exist. INVALID_MOMENT: not ahead, or too far. UNKNOWN: names nothing that may be named here. TAKEN: somebody has it already. ' +
    "PERSONAL_NUMBER: somebody's identity number is in a text that others than the own party read, or would read when it is shared. " +
    'INVALID_ADDRESS: nothing is sent there. INVALID_DOCUMENT: no GraphQL that is executed here; what is wrong stands in `detail`.',
  values: INPUT_ISSUE_CODES,
})
const RefusalCode = builder.enumType('RefusalCode', {
  description:
    "Why a verb is refused. ROLE: the member's roles do not cover it. AUDIENCE: an audience is only ever widened. ARCHIVED and WITHDRAWN: the thing is put away. " +
    "LAST_ADMIN: nobody would be left to look after the party's people. NOT_OWN_PARTY and NOT_AUTHOR: somebody else's to do. KEY_REUSED: the idempotency key was used for another act. " +
    'NOT_SIGNATORY: for the parties of the agreement. MANDATE: the member holds no mandate for it that is valid today. STATE: what it is done to has not come so far, or further. ' +
    'TEXT_CHANGED: the text is another one than the one that was read. ' +
    'READ_ONLY_KEY: whoever asks came with an API key, and a key only reads.',
  values: REFUSAL_CODES,
})

const Issue = builder.objectRef<InputIssue>('InputIssue').implement({
  extensions: { cost: 0 },
  description: 'One thing wrong with an input, to be shown beside its field.',
  fields: (t) => ({
    field: t.exposeString('field', { description: 'Which part of the input, by the name it has there.' }),
    code: t.field({ type: InputIssueCode, description: 'What is wrong.', resolve: ({ code }) => code }),
    limit: t.int({
      nullable: true,
      description: 'The bound that was passed, in characters or items, where there is one.',
      resolve: ({ limit }) => limit ?? null,
    }),
    detail: t.string({
      nullable: true,
      description: 'For developers, in English: what is wrong inside something that they wrote; null for everything else.',
      resolve: ({ detail }) => detail ?? null,
    }),
  }),
})

builder.objectType(InvalidInput, {
  name: 'InvalidInput',
  description: 'Nothing was saved: the input breaks a rule. All issues are told at once.',
  fields: (t) => ({
    message: t.exposeString('message', { description: 'For developers, in English.' }),
    issues: t.field({ type: [Issue], description: 'At least one.', resolve: ({ issues }) => [...issues] }),
  }),
})

/** Its actor is added by the members, who know who that is. */
export const FieldConflictRef = builder.objectRef<FieldConflict>('FieldConflict').implement({
  description: "A field that somebody else changed since the caller's base.",
  fields: (t) => ({
    field: t.exposeString('field', { description: 'What differs, by the name it has in the input.' }),
    current: t.stringList({
      nullable: true,
      description: 'The value it has now: one item for a single value, ids for parties and members, null for none.',
      resolve: ({ current }) => current && [...current],
    }),
    at: t.field({ type: 'DateTime', description: 'When it was changed last.', resolve: ({ at }) => at }),
  }),
})

builder.objectType(Conflict, {
  name: 'Conflict',
  description:
    "Nothing was saved: somebody changed the same field since `baseVersion`. Send again with `currentVersion` as base to keep one's own.",
  fields: (t) => ({
    message: t.exposeString('message', { description: 'For developers, in English.' }),
    currentVersion: t.exposeInt('currentVersion', { description: 'The version that now stands.' }),
    conflicts: t.field({
      type: [FieldConflictRef],
      description: 'Each field that both have changed, with what stands now.',
      resolve: ({ conflicts }) => [...conflicts],
    }),
  }),
})

builder.objectType(NotAllowed, {
  name: 'NotAllowed',
  description: 'Nothing was saved: the viewer may not do this.',
  fields: (t) => ({
    message: t.exposeString('message', { description: 'For developers, in English.' }),
    code: t.field({ type: RefusalCode, description: 'The rule that stands in the way.', resolve: ({ code }) => code }),
  }),
})

builder.objectType(NotFound, {
  name: 'NotFound',
  description: "Nothing was saved: the id names nothing, or nothing that the viewer may know of. The two can't be told apart.",
  fields: (t) => ({
    message: t.exposeString('message', { description: 'For developers, in English.' }),
    field: t.exposeString('field', { description: 'Name of the input field that holds the id.' }),
  }),
})

builder.objectType(TryAgain, {
  name: 'TryAgain',
  description: 'Nothing was saved: too much is going on. The same request, with the same idempotency key, may succeed later.',
  fields: (t) => ({
    message: t.exposeString('message', { description: 'For developers, in English.' }),
    retryAfter: t.exposeInt('retryAfter', { description: 'How long to wait, in milliseconds.' }),
  }),
})

/** The expected failures that every mutation may answer with. */
export const FAILURES = [InvalidInput, Conflict, NotAllowed, NotFound, TryAgain]
