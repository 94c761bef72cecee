import { CommentAudience } from '@samsyn/prisma/client'
import { reads, readable } from '../access/reads.ts'
import { ASKED, actOf, idOf, idsOf, seated } from '../graph/acts.ts'
import { builder } from '../graph/builder.ts'
import { FAILURES } from '../graph/failures.graph.ts'
import { InputCheck } from '../graph/input.ts'
import { cursorNow } from '../journal/changes.ts'
import { found, MemberRef } from '../members/members.graph.ts'
import { PartyRef } from '../parties/parties.graph.ts'

const AudienceRef = builder.enumType('CommentAudience', {
  description:
    "Who may read a comment. AS_PARENT: those who could read what it is about when it was written; of an answer, those who read what it answers. OWN: the writer's party alone, also on what is joint.",
  values: Object.values(CommentAudience),
})

builder.prismaNode('Comment', {
  id: { field: 'id' },
  nullable: true,
  description: 'A remark on a task or on a clause of the agreement. Widening the task later does not widen what was said before.',
  select: { id: true, readers: true },
  authScopes: (comment, { viewer }) => reads(viewer, comment),
  fields: (t) => ({
    task: t.relation('task', { nullable: true, description: 'What it is about, unless that is a clause.' }),
    clause: t.relation('clause', { nullable: true, description: 'What it is about, unless that is a task.' }),
    answers: t.relation('answers', {
      nullable: true,
      description: 'The comment on the same thing that it answers. Whoever reads the answer reads that too.',
    }),
    author: t.field({
      type: MemberRef,
      description: 'Who wrote it.',
      select: { authorId: true },
      resolve: async ({ authorId }, _, { load }) => found(await load.member.load(authorId)),
    }),
    party: t.field({
      type: PartyRef,
      description: 'In whose name it was written.',
      select: { partyId: true },
      resolve: async ({ partyId }, _, { load }) => found(await load.party.load(partyId)),
    }),
    audience: t.expose('audience', { type: AudienceRef }),
    readers: t.field({
      type: [PartyRef],
      description: 'Every party that can read it, in seat order.',
      select: { readers: true },
      resolve: async ({ readers }, _, { load }) =>
        (await Promise.all(readers.map((id) => load.party.load(id)))).map(found).toSorted((a, b) => a.ordinal - b.ordinal),
    }),
    text: t.exposeString('text'),
    version: t.exposeInt('version'),
    writtenAt: t.expose('writtenAt', { type: 'DateTime', description: 'When it was written.' }),
    editedAt: t.expose('editedAt', { type: 'DateTime', nullable: true, description: 'When it was last edited, if it was.' }),
    withdrawnAt: t.expose('withdrawnAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When its text was taken back, if it was.',
    }),
  }),
})

builder.prismaObjectField('Task', 'comments', (t) =>
  t.relatedConnection('comments', {
    cursor: 'id',
    totalCount: true,
    description: "Comments that the viewer's party can read, in the order written; withdrawn ones come without their text.",
    query: (_args, { viewer }) => ({ where: readable(viewer), orderBy: [{ writtenAt: 'asc' as const }, { id: 'asc' as const }] }),
  }),
)

builder.prismaObjectField('Clause', 'comments', (t) =>
  t.relatedConnection('comments', {
    cursor: 'id',
    totalCount: true,
    description:
      "Remarks on the clause that the viewer's party can read, in the order written; withdrawn ones come without their text.",
    query: (_args, { viewer }) => ({ where: readable(viewer), orderBy: [{ writtenAt: 'asc' as const }, { id: 'asc' as const }] }),
  }),
)

const Changed = builder.objectRef<{ id: string }>('CommentChanged').implement({
  description: 'The comment as it now is.',
  fields: (t) => ({
    comment: t.prismaField({
      type: 'Comment',
      description: 'The comment, after the commit.',
      resolve: (query, { id }, _, { transaction }) => transaction.comment.findUniqueOrThrow({ ...query, where: { id } }),
    }),
    cursor: t.field({
      type: 'Cursor',
      description: "The journal's position after the commit.",
      resolve: (_root, _args, context) => cursorNow(context),
    }),
  }),
})

const key = 'A UUID minted by the client: the same key again gives the same answer and changes nothing.'
const WriteCommentInput = builder.inputType('WriteCommentInput', {
  description: 'Something to say on a task or on a clause: exactly one of them.',
  fields: (t) => ({
    idempotencyKey: t.id({ description: key }),
    id: t.id({ required: true, description: "A UUID minted by the client. The answer's id is derived from it and the party." }),
    task: t.id({ description: 'Id of Task: what is commented on.' }),
    clause: t.id({ description: 'Id of Clause: what is commented on.' }),
    answers: t.id({ description: 'Id of Comment: what it answers, on the same thing and itself no answer.' }),
    audience: t.field({
      type: AudienceRef,
      required: true,
      description: 'Who is to read it. An answer to what is OWN is OWN.',
    }),
    text: t.string({ required: true, description: 'Markdown, 1 to 10,000 characters.' }),
    uploads: t.idList({ description: 'Ids of Upload, at most 10: files that come with it, sent in by the viewer.' }),
  }),
})
const EditCommentInput = builder.inputType('EditCommentInput', {
  description: "A comment of one's own in new words.",
  fields: (t) => ({
    idempotencyKey: t.id({ description: key }),
    id: t.id({ required: true, description: 'Id of Comment, written by the viewer.' }),
    baseVersion: t.int({ required: true, description: 'The version that the caller saw.' }),
    text: t.string({ required: true, description: 'Markdown, 1 to 10,000 characters.' }),
  }),
})
const WithdrawCommentInput = builder.inputType('WithdrawCommentInput', {
  description: "A comment of one's own whose text is taken back.",
  fields: (t) => ({
    idempotencyKey: t.id({ description: key }),
    id: t.id({ required: true, description: 'Id of Comment, written by the viewer.' }),
  }),
})

const checkText = (text: string): string => {
  const check = new InputCheck()
  const checked = check.text('text', text, { least: 1, most: 10_000, lines: true })
  check.done()
  return checked
}

builder.mutationFields((t) => ({
  writeComment: t.field({
    type: Changed,
    description: 'Says something on a task or on a clause of the agreement.',
    errors: { types: FAILURES },
    authScopes: { seated: true },
    args: { input: t.arg({ type: WriteCommentInput, required: true, description: ASKED }) },
    resolve: async (_root, { input }, context) => {
      const check = new InputCheck()
      const id = check.minted('id', input.id)
      const text = check.text('text', input.text, { least: 1, most: 10_000, lines: true })
      const uploads = idsOf(check, 'Upload', 'uploads', input.uploads ?? [], 10)
      const [task, clause] = [input.task ?? undefined, input.clause ?? undefined]
      if (task === undefined) check.require('task', clause !== undefined, 'EMPTY')
      if (task !== undefined) check.require('clause', clause === undefined, 'TOO_MANY')
      check.done()
      const about =
        clause === undefined ? { taskId: idOf('Task', 'task', task ?? '') } : { clauseId: idOf('Clause', 'clause', clause) }
      const answersId =
        input.answers === null || input.answers === undefined ? undefined : idOf('Comment', 'answers', input.answers)
      const comment = { id, text, uploads, answersId, ...about, audience: input.audience }
      return context.act(async () => ({
        id: await context.comments.write(seated(context), actOf('writeComment', input), comment),
      }))
    },
  }),
  editComment: t.field({
    type: Changed,
    description: 'Says it in other words. For its author.',
    errors: { types: FAILURES },
    authScopes: { seated: true },
    args: { input: t.arg({ type: EditCommentInput, required: true, description: ASKED }) },
    resolve: async (_root, { input }, context) => {
      const text = checkText(input.text)
      const id = idOf('Comment', 'id', input.id)
      return context.act(async () => ({
        id: await context.comments.edit(seated(context), actOf('editComment', input), id, input.baseVersion, text),
      }))
    },
  }),
  withdrawComment: t.field({
    type: Changed,
    description:
      'Takes the text back, with its files and all earlier wordings. That something was said stays visible. For its author.',
    errors: { types: FAILURES },
    authScopes: { seated: true },
    args: { input: t.arg({ type: WithdrawCommentInput, required: true, description: ASKED }) },
    resolve: async (_root, { input }, context) => {
      const id = idOf('Comment', 'id', input.id)
      const done = await context.act(async () => ({
        id: await context.comments.withdraw(seated(context), actOf('withdrawComment', input), id),
      }))
      context.keeper.sweep()
      return done
    },
  }),
}))
