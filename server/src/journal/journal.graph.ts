import type { Prisma } from '@samsyn/prisma/client'
import { owns, reads, readable } from '../access/reads.ts'
import type { Actor } from '../access/viewer.ts'
import { builder, MOST_PER_PAGE } from '../graph/builder.ts'
import { toGlobalId, fromGlobalId } from '../graph/globalId.ts'
import { MemberRef } from '../members/members.graph.ts'
import { PartyRef } from '../parties/parties.graph.ts'
import {
  type Change,
  type ChangeBatch,
  type ChangeFilter,
  cursorNow,
  headNow,
  personalCursorNow,
  readChanges,
  type Resync,
} from './changes.ts'
import { encodeCursor } from './cursor.ts'
import { type Position, Source } from './follow.ts'
import { presentChanges, type PresentedChange } from './present.ts'
import { SUBJECT_TYPES } from './subjects.ts'

/**
 * Guards: whoever polls, follows or looks back reads the same entries by the same rules, and says how far the reading came.
 */

const FieldChange = builder.objectRef<PresentedChange>('FieldChange').implement({
  extensions: { cost: 0 },
  description: 'A field before and after. A single value is a list of one; parties and members stand as their ids.',
  fields: (t) => ({
    field: t.exposeString('field', { description: 'What changed, by the name it has in the schema.' }),
    from: t.stringList({
      nullable: true,
      description: 'Before; null for nothing, or when the text has been erased.',
      resolve: ({ from }) => from && [...from],
    }),
    to: t.stringList({
      nullable: true,
      description: 'After; null for nothing, or when the text has been erased.',
      resolve: ({ to }) => to && [...to],
    }),
  }),
})

export const EntryRef = builder.prismaNode('JournalEntry', {
  variant: 'Entry',
  id: { field: 'id' },
  nullable: true,
  description:
    "One past-tense fact from the journal, as it was told to the viewer's party, or of something personal to the viewer alone.",
  select: { id: true, readers: true },
  authScopes: (entry, { viewer }) => reads(viewer, entry) || owns(viewer, entry),
  fields: (t) => ({
    kind: t.exposeString('kind', { description: 'What happened, for example task.moved.' }),
    at: t.expose('at', { type: 'DateTime' }),
    actor: t.field({
      type: MemberRef,
      nullable: true,
      description: 'Who did it; null when it was the operator of the hub.',
      select: { actorId: true },
      resolve: async ({ actorId }, _, { load }) => (actorId ? ((await load.member.load(actorId)) ?? null) : null),
    }),
    party: t.field({
      type: PartyRef,
      nullable: true,
      description: 'For which party it was done.',
      select: { partyId: true },
      resolve: async ({ partyId }, _, { load }) => (partyId ? ((await load.party.load(partyId)) ?? null) : null),
    }),
    subjectId: t.id({
      description: 'What it was done to: a global id.',
      select: { subjectType: true, subjectId: true },
      resolve: ({ subjectType, subjectId }) => toGlobalId(subjectType, subjectId),
    }),
    subjectVersion: t.exposeInt('subjectVersion', { description: 'The version that the subject had after the entry.' }),
    subject: t.field({
      type: builder.nodeInterfaceRef(),
      nullable: true,
      description: 'The subject as it now is; null when there is nothing that the viewer may know of.',
      select: { subjectType: true, subjectId: true },
      resolve: async (entry, _, { load }) => (await load.subject.load(entry)) ?? null,
    }),
    changes: t.field({
      type: [FieldChange],
      description: 'The fields that changed, by name.',
      select: { kind: true, changes: true, commitments: true },
      resolve: (entry) => presentChanges(entry),
    }),
  }),
})

/** What was told to the viewer's party, the latest first. */
const told = (viewer: Actor | undefined, where: Prisma.JournalEntryWhereInput) => ({
  where: { AND: [where, readable(viewer)] },
  orderBy: [{ at: 'desc' as const }, { id: 'desc' as const }],
})

builder.prismaObjectField('Collaboration', 'activity', (t) =>
  t.prismaConnection({
    type: EntryRef,
    cursor: 'id',
    description:
      "What happened in the collaboration, latest first, as far as the viewer's party was told and it has not been archived.",
    args: {
      since: t.arg({ type: 'DateTime', description: 'Only what came after this instant; without one: from the beginning.' }),
    },
    resolve: (query, { id: collaborationId }, { since }, { viewer, transaction }) =>
      transaction.journalEntry.findMany({
        ...query,
        ...told(viewer, { collaborationId, ...(since && { at: { gt: since } }) }),
      }),
  }),
)

builder.prismaObjectField('Task', 'activity', (t) =>
  t.prismaConnection({
    type: EntryRef,
    cursor: 'id',
    description:
      "What happened to the task, its files and its comments, latest first, as far as the viewer's party was told and it has not been archived (`Collaboration.journalArchivedUntil`).",
    resolve: async (query, task, _args, { viewer, transaction }) => {
      const ofTask = { where: { AND: [{ taskId: task.id }, readable(viewer)] }, select: { id: true } }
      const comments = await transaction.comment.findMany(ofTask)
      const files = await transaction.file.findMany(ofTask)
      return transaction.journalEntry.findMany({
        ...query,
        ...told(viewer, { subjectId: { in: [task.id, ...[...comments, ...files].map(({ id }) => id)] } }),
      })
    },
  }),
)

const ChangeRef = builder.objectRef<Change>('Change').implement({
  description: 'A journal entry on its way to a follower.',
  fields: (t) => ({
    cursor: t.field({
      type: 'Cursor',
      description: 'Follow from here to get what comes after this entry.',
      resolve: ({ cursor }) => encodeCursor(cursor),
    }),
    id: t.id({
      description: "The entry's global id: the same in every transport.",
      resolve: ({ id }) => toGlobalId('Entry', id),
    }),
    kind: t.exposeString('kind', { description: 'What happened, for example task.moved.' }),
    at: t.field({ type: 'DateTime', description: 'When it was committed.', resolve: ({ at }) => at }),
    actor: t.field({
      type: MemberRef,
      nullable: true,
      description: 'Who did it; null when it was the operator of the hub.',
      resolve: async ({ actorId }, _, { load }) => (actorId ? ((await load.member.load(actorId)) ?? null) : null),
    }),
    party: t.field({
      type: PartyRef,
      nullable: true,
      description: 'For which party it was done.',
      resolve: async ({ partyId }, _, { load }) => (partyId ? ((await load.party.load(partyId)) ?? null) : null),
    }),
    subjectId: t.id({
      description: 'What it was done to: a global id.',
      resolve: ({ subjectType, subjectId }) => toGlobalId(subjectType, subjectId),
    }),
    subjectVersion: t.exposeInt('subjectVersion', { description: 'The version that the subject had after this entry.' }),
    changes: t.field({
      type: [FieldChange],
      description: 'The fields that changed, by name.',
      resolve: (change) => presentChanges(change),
    }),
    fields: t.stringList({
      description: 'Names of the fields that changed.',
      resolve: (change) => presentChanges(change).map(({ field }) => field),
    }),
    subject: t.node({
      description: 'The subject as it now is: never older than the entry, perhaps newer. Null when gone or superseded.',
      id: ({ subjectType, subjectId, gone, superseded }) => (gone || superseded ? null : toGlobalId(subjectType, subjectId)),
    }),
    gone: t.exposeBoolean('gone', { description: "The viewer's party can no longer read the subject: forget it." }),
    superseded: t.exposeBoolean('superseded', { description: 'A later entry of the same batch carries the subject.' }),
  }),
})

export const BatchRef = builder.objectRef<ChangeBatch>('ChangeBatch').implement({
  description: 'Entries in order, each exactly once.',
  fields: (t) => ({
    changes: t.field({
      type: [ChangeRef],
      extensions: { size: MOST_PER_PAGE },
      description: 'In the order of the stream.',
      resolve: ({ changes }) => [...changes],
    }),
    cursor: t.field({
      type: 'Cursor',
      description: 'Follow from here to get what comes after the batch.',
      resolve: ({ cursor }) => encodeCursor(cursor),
    }),
    hasMore: t.exposeBoolean('hasMore', { description: 'Whether more has already happened.' }),
  }),
})

const Reason = builder.enumType('ResyncReason', {
  description:
    "TOO_OLD: what came after is no longer kept. WRONG_EPOCH: the hub has been restored. UNKNOWN: not a cursor of this party's stream, nor of the viewer's own.",
  values: ['TOO_OLD', 'WRONG_EPOCH', 'UNKNOWN'] as const,
})

const ResyncRef = builder.objectRef<Resync>('Resync').implement({
  description: "The cursor can't be followed: take a snapshot and follow from its cursor.",
  fields: (t) => ({
    reason: t.field({ type: Reason, description: 'Why not.', resolve: ({ reason }) => reason }),
    cursor: t.field({ type: 'Cursor', description: 'Where the stream now is.', resolve: ({ cursor }) => encodeCursor(cursor) }),
  }),
})

const Result = builder.unionType('ChangesResult', {
  description: 'A batch of changes, or the demand to begin anew.',
  types: [BatchRef, ResyncRef],
  resolveType: ({ kind }) => (kind === 'batch' ? 'ChangeBatch' : 'Resync'),
})

const Filter = builder.inputType('ChangeFilter', {
  description: 'Which entries to be told: both conditions hold. At most 100 values each.',
  fields: (t) => ({
    kinds: t.stringList({ description: 'Of any of these kinds.' }),
    subjects: t.idList({ description: 'About any of these things: global ids.' }),
  }),
})

const filterOf = (filter: { kinds?: string[] | null; subjects?: string[] | null } | null | undefined): ChangeFilter => ({
  kinds: filter?.kinds?.slice(0, MOST_PER_PAGE),
  subjects: filter?.subjects
    ?.slice(0, MOST_PER_PAGE)
    .flatMap((id) => SUBJECT_TYPES.map((type) => fromGlobalId(type, id)).filter((uuid) => uuid !== undefined)),
})

builder.queryFields((t) => ({
  cursor: t.field({
    type: 'Cursor',
    description: "The journal's position, true for the whole query: following from here misses nothing and repeats nothing.",
    authScopes: { seated: true },
    resolve: (_root, _args, context) => cursorNow(context),
  }),
  personalCursor: t.field({
    type: 'Cursor',
    description:
      "Personal. The position of what only the viewer is told (the inbox): followed by `changes` as the party's is, from a cursor of its own. A program has none.",
    authScopes: { person: true },
    resolve: (_root, _args, context) => personalCursorNow(context),
  }),
  changes: t.field({
    type: Result,
    description: 'What has happened since, for those who ask now and then.',
    authScopes: { seated: true },
    args: {
      after: t.arg({ type: 'Cursor', required: true, description: 'Where the caller has come.' }),
      first: t.arg.int({ defaultValue: MOST_PER_PAGE, description: 'At most this many entries are read, 1 to 100.' }),
      filter: t.arg({ type: Filter, description: 'Without one: everything.' }),
    },
    resolve: (_root, { after, first, filter }, context) =>
      readChanges(context, after, Math.min(Math.max(first ?? MOST_PER_PAGE, 1), MOST_PER_PAGE), filterOf(filter)),
  }),
}))

builder.subscriptionFields((t) => ({
  changes: t.field({
    type: Result,
    description: 'What happens, as it happens: first what came after the cursor, then live. Without a cursor, from now.',
    authScopes: { seated: true },
    args: {
      after: t.arg({ type: 'Cursor', description: "Where the caller has come: a snapshot's cursor, or the last one received." }),
      filter: t.arg({ type: Filter, description: 'Without one: everything.' }),
    },
    subscribe: async (_root, { after }, context) => {
      const { database, relay, viewer } = context
      if (!viewer) throw new Error('nobody has no stream')
      const now = () => database.read(viewer, (transaction) => headNow({ ...context, transaction }))
      return new Source(relay, viewer, after ?? encodeCursor(await now()))
    },
    resolve: async (position: Position, { filter }, context) => {
      const result = await readChanges(context, position.cursor, position.first ?? MOST_PER_PAGE, filterOf(filter))
      position.read(result)
      return result
    },
  }),
}))
