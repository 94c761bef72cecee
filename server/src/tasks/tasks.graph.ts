import { Audience, TaskState } from '@samsyn/prisma/client'
import { reads, readable } from '../access/reads.ts'
import { ClauseRef } from '../agreements/agreements.graph.ts'
import { builder } from '../graph/builder.ts'
import { found, MemberRef } from '../members/members.graph.ts'
import { PartyRef } from '../parties/parties.graph.ts'
import { SORTS, TASK_SORTS, type TaskSort, taskWhere } from './tasks.query.ts'

/** Guards: a task is answered only to its readers, whatever road leads to it, the live one too. */

export const AudienceRef = builder.enumType('Audience', {
  description:
    'Who may read a thing. OWN: the owning party. SHARED: the owning party and those listed by name. JOINT: all signatories and associates; guests only by name.',
  values: Object.values(Audience),
})
export const TaskStateRef = builder.enumType('TaskState', {
  description: "How far a task has come: given, under way, delivered and awaiting the others' yes, approved.",
  values: Object.values(TaskState),
})
const Sort = builder.enumType('TaskSort', {
  description:
    'POSITION: board order. DUE_ON: earliest first, those without a date last. UPDATED_AT: latest first. TITLE: in Swedish order. Ties by id.',
  values: TASK_SORTS,
})

builder.prismaNode('Task', {
  id: { field: 'id' },
  nullable: true,
  description: "An undertaking of one or several parties. A draft is its party's own until it is shared.",
  select: { id: true, readers: true },
  authScopes: (task, { viewer }) => reads(viewer, task),
  fields: (t) => ({
    title: t.exposeString('title'),
    description: t.exposeString('description'),
    state: t.expose('state', { type: TaskStateRef }),
    position: t.exposeString('position'),
    audience: t.expose('audience', { type: AudienceRef }),
    party: t.field({
      type: PartyRef,
      description: 'The party whose draft it was.',
      select: { partyId: true },
      resolve: async ({ partyId }, _, { load }) => found(await load.party.load(partyId)),
    }),
    sharedWith: t.field({
      type: [PartyRef],
      description: 'Parties listed by name.',
      select: { sharedWith: true },
      resolve: async ({ sharedWith }, _, { load }) => (await Promise.all(sharedWith.map((id) => load.party.load(id)))).map(found),
    }),
    readers: t.field({
      type: [PartyRef],
      description: 'Every party that can read the task now, in seat order.',
      select: { readers: true },
      resolve: async ({ readers }, _, { load }) =>
        (await Promise.all(readers.map((id) => load.party.load(id)))).map(found).toSorted((a, b) => a.ordinal - b.ordinal),
    }),
    responsible: t.field({
      type: [PartyRef],
      description: 'Parties that answer for the task, in seat order.',
      select: { responsible: true },
      resolve: async ({ responsible }, _, { load }) =>
        (await Promise.all(responsible.map((id) => load.party.load(id)))).map(found).toSorted((a, b) => a.ordinal - b.ordinal),
    }),
    assignees: t.field({
      type: [MemberRef],
      description: 'Members who do the work, in the order assigned.',
      select: { assignees: true },
      resolve: async ({ assignees }, _, { load }) => (await Promise.all(assignees.map((id) => load.member.load(id)))).map(found),
    }),
    dueOn: t.expose('dueOn', { type: 'Date', nullable: true }),
    clause: t.field({
      type: ClauseRef,
      nullable: true,
      description:
        'The clause of the agreement that the task comes of, if any. Null for a guest, who does not read the agreement.',
      select: { clauseId: true },
      resolve: async ({ clauseId }, _, { load, viewer }) => {
        const clause = clauseId ? await load.clause.load(clauseId) : undefined
        return clause && reads(viewer, clause) ? clause : null
      },
    }),
    version: t.exposeInt('version'),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was first written down.' }),
    createdBy: t.field({
      type: MemberRef,
      description: 'Who wrote it down first.',
      select: { createdById: true },
      resolve: async ({ createdById }, _, { load }) => found(await load.member.load(createdById)),
    }),
    updatedAt: t.expose('updatedAt', {
      type: 'DateTime',
      description: 'When anything about it last changed; comments do not count.',
    }),
    archivedAt: t.expose('archivedAt', { type: 'DateTime', nullable: true }),
    commentCount: t.int({
      description: "Comments that the viewer's party can read and that are not withdrawn.",
      resolve: ({ id }, _, { load }) => load.commentCount.load(id),
    }),
  }),
})

const Filter = builder.inputType('TaskFilter', {
  description: 'Which tasks to list: all conditions hold; within one, any of the values. At most 50 values each.',
  fields: (t) => ({
    states: t.field({ type: [TaskStateRef], description: 'In any of these states.' }),
    responsible: t.idList({ description: 'Any of these parties answers for it. Ids of Party.' }),
    assignees: t.idList({ description: 'Any of these members does the work. Ids of Member.' }),
    audiences: t.field({ type: [AudienceRef], description: 'With any of these audiences.' }),
    text: t.string({ description: 'Part of the title or description, upper and lower case alike, at most 200 characters.' }),
    archived: t.boolean({ defaultValue: false, description: 'false: on the board. true: put away.' }),
  }),
})

builder.prismaObjectField('Collaboration', 'tasks', (t) =>
  t.relatedConnection('tasks', {
    cursor: 'id',
    totalCount: true,
    description: "The tasks that the viewer's party can read.",
    args: {
      filter: t.arg({ type: Filter, description: 'Without one: all on the board.' }),
      sort: t.arg({ type: Sort, defaultValue: 'POSITION', description: 'In which order.' }),
    },
    query: ({ filter, sort }, { viewer }) => ({
      where: { AND: [readable(viewer), taskWhere(filter ?? {})] },
      orderBy: SORTS[(sort ?? 'POSITION') as TaskSort],
    }),
  }),
)

builder.prismaObjectField('Clause', 'tasks', (t) =>
  t.relatedConnection('tasks', {
    cursor: 'id',
    totalCount: true,
    description: "Tasks on the board that name the clause and that the viewer's party can read, in the board's order.",
    query: (_args, { viewer }) => ({ where: { AND: [readable(viewer), taskWhere({})] }, orderBy: SORTS.POSITION }),
  }),
)
