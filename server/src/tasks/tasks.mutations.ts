import { ASKED, actOf, idOf, idsOf, seated } from '../graph/acts.ts'
import { builder } from '../graph/builder.ts'
import { FAILURES } from '../graph/failures.graph.ts'
import { InputCheck } from '../graph/input.ts'
import { cursorNow } from '../journal/changes.ts'
import { AudienceRef, TaskStateRef } from './tasks.graph.ts'

/**
 * Guards: a door does nothing itself: it takes the input, calls one verb under the caller's key, and reads the answer after the
 * commit.
 */

/** The doors of the task's verbs: take the input, call the verb, load the answer. */
const Changed = builder.objectRef<{ id: string }>('TaskChanged').implement({
  description: 'The task as it now is.',
  fields: (t) => ({
    task: t.prismaField({
      type: 'Task',
      description: 'The task, after the commit.',
      resolve: (query, { id }, _, { transaction }) => transaction.task.findUniqueOrThrow({ ...query, where: { id } }),
    }),
    cursor: t.field({
      type: 'Cursor',
      description: "The journal's position after the commit.",
      resolve: (_root, _args, context) => cursorNow(context),
    }),
  }),
})

const key = 'A UUID minted by the client: the same key again gives the same answer and changes nothing.'
const base = 'The version that the caller saw: if the same field has changed since, the answer is a Conflict.'

const CreateTaskInput = builder.inputType('CreateTaskInput', {
  description: "A new task: the own party's until shared, last in its column.",
  fields: (t) => ({
    idempotencyKey: t.id({ description: key }),
    id: t.id({ required: true, description: "A UUID minted by the client. The answer's id is derived from it and the party." }),
    title: t.string({ required: true, description: 'One line, 1 to 200 characters.' }),
    description: t.string({ defaultValue: '', description: 'Markdown, at most 20,000 characters.' }),
    state: t.field({ type: TaskStateRef, defaultValue: 'GIVEN', description: 'The column to begin in.' }),
    dueOn: t.field({ type: 'Date', description: 'Last day, if there is one.' }),
    clause: t.id({ description: 'Id of Clause: the one that the task comes of, if any.' }),
    responsible: t.idList({
      description: 'Parties that answer for it: of a draft, the own party only. Ids of Party, at most 50.',
    }),
    assignees: t.idList({ description: 'Members who do the work, of parties that can read it. Ids of Member, at most 50.' }),
  }),
})
const EditTaskInput = builder.inputType('EditTaskInput', {
  description: "What is to change in a task's text, date or clause; what is left out stays.",
  fields: (t) => ({
    idempotencyKey: t.id({ description: key }),
    id: t.id({ required: true, description: 'Id of Task: the one to change.' }),
    baseVersion: t.int({ required: true, description: base }),
    title: t.string({ description: 'One line, 1 to 200 characters.' }),
    description: t.string({ description: 'Markdown, at most 20,000 characters.' }),
    dueOn: t.field({ type: 'Date', description: 'Last day; null for none.' }),
    clause: t.id({ description: 'Id of Clause: the one that the task comes of; null for none.' }),
  }),
})
const AssignTaskInput = builder.inputType('AssignTaskInput', {
  description: 'Who answers for a task and who does the work; what is left out stays.',
  fields: (t) => ({
    idempotencyKey: t.id({ description: key }),
    id: t.id({ required: true, description: 'Id of Task: the one to change.' }),
    baseVersion: t.int({ required: true, description: base }),
    responsible: t.idList({ description: 'All parties that answer for it, each able to read it. Ids of Party, at most 50.' }),
    assignees: t.idList({ description: 'All members who do the work, of parties that can read it. Ids of Member, at most 50.' }),
  }),
})
const MoveTaskInput = builder.inputType('MoveTaskInput', {
  description: "A task's place on the board.",
  fields: (t) => ({
    idempotencyKey: t.id({ description: key }),
    id: t.id({ required: true, description: 'Id of Task: the one to change.' }),
    baseVersion: t.int({
      description:
        'The version that the caller saw: if the task has changed column since, the answer is a Conflict. Without one the last move wins.',
    }),
    state: t.field({ type: TaskStateRef, required: true, description: 'The column to place it in.' }),
    after: t.id({ description: 'Place after this task in the column; without one, first.' }),
  }),
})
const ShareTaskInput = builder.inputType('ShareTaskInput', {
  description: 'Who is to read the task from now on. An audience is only ever widened.',
  fields: (t) => ({
    idempotencyKey: t.id({ description: key }),
    id: t.id({ required: true, description: 'Id of Task: the one to change.' }),
    audience: t.field({ type: AudienceRef, required: true, description: 'SHARED or JOINT.' }),
    with: t.idList({ description: 'Parties by name: at least one for SHARED, guests for JOINT. Ids of Party, at most 50.' }),
  }),
})
const put = (name: string, description: string) =>
  builder.inputType(name, {
    description,
    fields: (t) => ({
      idempotencyKey: t.id({ description: key }),
      id: t.id({ required: true, description: 'Id of Task: the one to change.' }),
    }),
  })
const ArchiveTaskInput = put('ArchiveTaskInput', 'A task to be put away.')
const RestoreTaskInput = put('RestoreTaskInput', 'A task to be brought back to the board.')

const checkContent = (
  check: InputCheck,
  {
    title,
    description,
    dueOn,
    clause,
  }: { title?: string | null; description?: string | null; dueOn?: string | null; clause?: string | null },
) => ({
  ...(typeof title === 'string' && { title: check.text('title', title, { least: 1, most: 200 }) }),
  ...(typeof description === 'string' && { description: check.text('description', description, { most: 20_000, lines: true }) }),
  ...(dueOn !== undefined && { dueOn: dueOn === null ? null : check.date('dueOn', dueOn) }),
  ...(clause !== undefined && { clauseId: clause === null ? null : idOf('Clause', 'clause', clause) }),
})

const checkPeople = (
  check: InputCheck,
  { responsible, assignees }: { responsible?: string[] | null; assignees?: string[] | null },
) => ({
  ...(responsible && { responsible: idsOf(check, 'Party', 'responsible', responsible) }),
  ...(assignees && { assignees: idsOf(check, 'Member', 'assignees', assignees) }),
})

builder.mutationFields((t) => ({
  createTask: t.field({
    type: Changed,
    description: "Writes down a new task as the own party's draft.",
    errors: { types: FAILURES },
    authScopes: { seated: true },
    args: { input: t.arg({ type: CreateTaskInput, required: true, description: ASKED }) },
    resolve: async (_root, { input }, context) => {
      const check = new InputCheck()
      const viewer = seated(context)
      const content = checkContent(check, input)
      const task = {
        id: check.minted('id', input.id),
        description: '',
        dueOn: null,
        clauseId: null,
        responsible: [],
        assignees: [],
        state: input.state ?? ('GIVEN' as const),
        ...content,
        ...checkPeople(check, input),
        title: content.title ?? '',
      }
      check.done()
      return context.act(async () => ({ id: await context.tasks.create(viewer, actOf('createTask', input), task) }))
    },
  }),
  editTask: t.field({
    type: Changed,
    description: 'Changes title, description, due date or clause.',
    errors: { types: FAILURES },
    authScopes: { seated: true },
    args: { input: t.arg({ type: EditTaskInput, required: true, description: ASKED }) },
    resolve: async (_root, { input }, context) => {
      const check = new InputCheck()
      const wanted = checkContent(check, input)
      check.done()
      const id = idOf('Task', 'id', input.id)
      return context.act(async () => ({
        id: await context.tasks.edit(seated(context), actOf('editTask', input), id, input.baseVersion, wanted),
      }))
    },
  }),
  assignTask: t.field({
    type: Changed,
    description: 'Sets which parties answer for a task and which members do the work.',
    errors: { types: FAILURES },
    authScopes: { seated: true },
    args: { input: t.arg({ type: AssignTaskInput, required: true, description: ASKED }) },
    resolve: async (_root, { input }, context) => {
      const check = new InputCheck()
      const people = checkPeople(check, input)
      check.done()
      const id = idOf('Task', 'id', input.id)
      return context.act(async () => ({
        id: await context.tasks.assign(seated(context), actOf('assignTask', input), id, input.baseVersion, people),
      }))
    },
  }),
  moveTask: t.field({
    type: Changed,
    description: 'Moves a task to a place in a column.',
    errors: { types: FAILURES },
    authScopes: { seated: true },
    args: { input: t.arg({ type: MoveTaskInput, required: true, description: ASKED }) },
    resolve: async (_root, { input }, context) => {
      const id = idOf('Task', 'id', input.id)
      const after = typeof input.after === 'string' ? idOf('Task', 'after', input.after) : undefined
      const to = { state: input.state, after }
      return context.act(async () => ({
        id: await context.tasks.move(seated(context), actOf('moveTask', input), id, input.baseVersion ?? undefined, to),
      }))
    },
  }),
  shareTask: t.field({
    type: Changed,
    description:
      'Lets other parties read the task from now on: for them it becomes a received record. Cannot be taken back. Earlier values and comments stay with those who had them.',
    errors: { types: FAILURES },
    authScopes: { seated: true },
    args: { input: t.arg({ type: ShareTaskInput, required: true, description: ASKED }) },
    resolve: async (_root, { input }, context) => {
      const check = new InputCheck()
      const listed = idsOf(check, 'Party', 'with', input.with ?? [])
      check.done()
      const id = idOf('Task', 'id', input.id)
      return context.act(async () => ({
        id: await context.tasks.share(seated(context), actOf('shareTask', input), id, input.audience, listed),
      }))
    },
  }),
  archiveTask: t.field({
    type: Changed,
    description: 'Puts a task away. It can be brought back.',
    errors: { types: FAILURES },
    authScopes: { seated: true },
    args: { input: t.arg({ type: ArchiveTaskInput, required: true, description: ASKED }) },
    resolve: async (_root, { input }, context) => {
      const id = idOf('Task', 'id', input.id)
      return context.act(async () => ({ id: await context.tasks.archive(seated(context), actOf('archiveTask', input), id) }))
    },
  }),
  restoreTask: t.field({
    type: Changed,
    description: 'Brings a task back to the board.',
    errors: { types: FAILURES },
    authScopes: { seated: true },
    args: { input: t.arg({ type: RestoreTaskInput, required: true, description: ASKED }) },
    resolve: async (_root, { input }, context) => {
      const id = idOf('Task', 'id', input.id)
      return context.act(async () => ({ id: await context.tasks.restore(seated(context), actOf('restoreTask', input), id) }))
    },
  }),
}))
