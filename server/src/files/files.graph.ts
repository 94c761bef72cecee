import { reads, readable } from '../access/reads.ts'
import { ASKED, actOf, idOf, seated } from '../graph/acts.ts'
import { builder } from '../graph/builder.ts'
import { FAILURES } from '../graph/failures.graph.ts'
import { InputCheck } from '../graph/input.ts'
import { cursorNow } from '../journal/changes.ts'
import { found, MemberRef } from '../members/members.graph.ts'
import { PartyRef } from '../parties/parties.graph.ts'
import { ENDINGS } from './kinds.ts'

builder.prismaNode('Upload', {
  id: { field: 'id' },
  nullable: true,
  description:
    'What a member has sent in (POST /c/<collaboration>/files) and not yet attached to anything. Known to the own party only; expires a day later.',
  select: { id: true, readers: true },
  authScopes: (upload, { viewer }) => reads(viewer, upload),
  fields: (t) => ({
    name: t.exposeString('name'),
    mediaType: t.exposeString('mediaType'),
    size: t.exposeInt('size'),
    hash: t.exposeString('hash'),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'From then on it can no longer be attached.' }),
  }),
})

builder.prismaNode('File', {
  id: { field: 'id' },
  nullable: true,
  description: 'A file attached to a task, a comment or a version of the agreement. Read by those who read that.',
  select: { id: true, readers: true },
  authScopes: (file, { viewer }) => reads(viewer, file),
  fields: (t) => ({
    task: t.relation('task', { nullable: true, description: 'What it is attached to, when that is a task.' }),
    comment: t.relation('comment', { nullable: true, description: 'What it is attached to, when that is a comment.' }),
    agreementVersion: t.relation('agreementVersion', {
      nullable: true,
      description: 'What it is attached to, when that is a version of the agreement.',
    }),
    party: t.field({
      type: PartyRef,
      description: 'In whose name it was attached.',
      select: { partyId: true },
      resolve: async ({ partyId }, _, { load }) => found(await load.party.load(partyId)),
    }),
    attachedBy: t.field({
      type: MemberRef,
      description: 'The member who put it there, and may take it away.',
      select: { attachedById: true },
      resolve: async ({ attachedById }, _, { load }) => found(await load.member.load(attachedById)),
    }),
    name: t.exposeString('name'),
    mediaType: t.exposeString('mediaType'),
    size: t.exposeInt('size'),
    hash: t.exposeString('hash'),
    path: t.string({
      nullable: true,
      description: 'Where its bytes are, on this server: for whoever may read it, with a cookie or a key. Null once removed.',
      select: { id: true, name: true, removedAt: true, collaboration: { select: { slug: true } } },
      resolve: ({ id, name, removedAt, collaboration: { slug } }) =>
        removedAt ? null : `/c/${slug}/files/${id}/${encodeURIComponent(name)}`,
    }),
    version: t.exposeInt('version'),
    attachedAt: t.expose('attachedAt', { type: 'DateTime', description: 'When it was attached.' }),
    removedAt: t.expose('removedAt', { type: 'DateTime', nullable: true }),
  }),
})

const attached = ({ viewer }: { viewer: Parameters<typeof readable>[0] }) => ({
  where: { AND: [{ removedAt: null }, readable(viewer)] },
  orderBy: [{ attachedAt: 'asc' as const }, { id: 'asc' as const }],
})

builder.prismaObjectField('Task', 'files', (t) =>
  t.relation('files', {
    description: 'What is attached to it, in the order attached. Files of comments are in the comments.',
    query: (_args, context) => attached(context),
  }),
)
builder.prismaObjectField('Comment', 'files', (t) =>
  t.relation('files', { description: 'What is attached to it.', query: (_args, context) => attached(context) }),
)
builder.prismaObjectField('AgreementVersion', 'files', (t) =>
  t.relation('files', {
    description: 'What stands beside it, in the order attached. It is no part of what is signed.',
    query: (_args, context) => attached(context),
  }),
)

const Rules = builder.objectRef<{ mostBytes: number }>('FileRules').implement({
  description: 'Which files are taken. What is in a file must be what the ending of its name says.',
  fields: (t) => ({
    mostBytes: t.exposeInt('mostBytes', { description: 'The largest file that is taken, in bytes.' }),
    endings: t.stringList({ description: 'The endings of names that are taken, without a dot.', resolve: () => [...ENDINGS] }),
  }),
})

builder.queryField('fileRules', (t) =>
  t.field({
    type: Rules,
    description: 'What may be sent in, so that nobody need send it to be told.',
    authScopes: { seated: true },
    resolve: (_root, _args, { config }) => ({ mostBytes: config.fileLimit }),
  }),
)

const Changed = builder.objectRef<{ id: string }>('FileChanged').implement({
  description: 'The file as it now is.',
  fields: (t) => ({
    file: t.prismaField({
      type: 'File',
      description: 'The file, after the commit.',
      resolve: (query, { id }, _, { transaction }) => transaction.file.findUniqueOrThrow({ ...query, where: { id } }),
    }),
    cursor: t.field({
      type: 'Cursor',
      description: "The journal's position after the commit.",
      resolve: (_root, _args, context) => cursorNow(context),
    }),
  }),
})

const key = 'A UUID minted by the client: the same key again gives the same answer and changes nothing.'
const AttachFileInput = builder.inputType('AttachFileInput', {
  description: 'Something sent in, to be attached to a task or a version of the agreement: exactly one of them.',
  fields: (t) => ({
    idempotencyKey: t.id({ description: key }),
    id: t.id({ required: true, description: "A UUID minted by the client. The answer's id is derived from it and the party." }),
    upload: t.id({ required: true, description: 'Id of Upload, sent in by the viewer. It becomes the file, once.' }),
    task: t.id({ description: 'Id of Task: what it is attached to.' }),
    version: t.id({ description: 'Id of AgreementVersion: what it is attached to.' }),
  }),
})
const RemoveFileInput = builder.inputType('RemoveFileInput', {
  description: 'A file that is taken away, for all who could read it.',
  fields: (t) => ({
    idempotencyKey: t.id({ description: key }),
    id: t.id({ required: true, description: 'Id of File, attached by the own party.' }),
  }),
})

builder.mutationFields((t) => ({
  attachFile: t.field({
    type: Changed,
    description: 'Attaches what was sent in. All who read the task or the version read the file, also those who come to later.',
    errors: { types: FAILURES },
    authScopes: { seated: true },
    args: { input: t.arg({ type: AttachFileInput, required: true, description: ASKED }) },
    resolve: async (_root, { input }, context) => {
      const check = new InputCheck()
      const id = check.minted('id', input.id)
      const [task, version] = [input.task ?? undefined, input.version ?? undefined]
      if (task === undefined) check.require('task', version !== undefined, 'EMPTY')
      if (task !== undefined) check.require('version', version === undefined, 'TOO_MANY')
      check.done()
      const place =
        version === undefined
          ? { taskId: idOf('Task', 'task', task ?? '') }
          : { agreementVersionId: idOf('AgreementVersion', 'version', version) }
      const upload = idOf('Upload', 'upload', input.upload)
      return context.act(async () => ({
        id: await context.files.attach(seated(context), actOf('attachFile', input), { id, upload, place }),
      }))
    },
  }),
  removeFile: t.field({
    type: Changed,
    description: 'Takes it away. For writers of the party that attached it; of a comment, for its author.',
    errors: { types: FAILURES },
    authScopes: { seated: true },
    args: { input: t.arg({ type: RemoveFileInput, required: true, description: ASKED }) },
    resolve: async (_root, { input }, context) => {
      const id = idOf('File', 'id', input.id)
      const done = await context.act(async () => ({
        id: await context.files.remove(seated(context), actOf('removeFile', input), id),
      }))
      context.keeper.sweep()
      return done
    },
  }),
}))
