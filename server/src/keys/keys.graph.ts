import { SLICES } from '../access/slices.ts'
import { reads, readable } from '../access/reads.ts'
import { builder } from '../graph/builder.ts'
import { ViewerRef } from '../identity/identity.graph.ts'
import { MemberRef } from '../members/members.graph.ts'

export const SliceRef = builder.enumType('Slice', {
  description:
    'What a program works with. TASKS. COMMENTS: on tasks and clauses. AGREEMENT: its clauses, versions and signatures, and what is proposed and answered. FILES: wherever they are attached. Of a slice that its key is not for a program is told nothing: no thing, count, hit or entry.',
  values: SLICES,
})

export const KeyRef = builder.prismaNode('ApiKey', {
  id: { field: 'id' },
  nullable: true,
  description:
    "A program's way in for one party: it reads what the party may read, or some slices of it, and does nothing. Known to the own party only.",
  select: { id: true, readers: true },
  authScopes: (key, { viewer }) => reads(viewer, key),
  fields: (t) => ({
    name: t.exposeString('name'),
    slices: t.expose('slices', {
      type: [SliceRef],
      description: 'What it reads, of what the party may read; parties and members always.',
    }),
    madeBy: t.field({
      type: MemberRef,
      nullable: true,
      description: 'Which member of the party brought it about; null when it was the operator of the hub.',
      select: { madeById: true },
      resolve: async ({ madeById }, _, { load }) => (madeById ? ((await load.member.load(madeById)) ?? null) : null),
    }),
    madeAt: t.expose('madeAt', { type: 'DateTime' }),
    sealedAt: t.expose('sealedAt', { type: 'DateTime', description: 'When it was last given a secret.' }),
    formerUntil: t.expose('formerUntil', {
      type: 'DateTime',
      nullable: true,
      description: 'Until when the secret before opens it too; null when it never was given another.',
    }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime' }),
    revokedAt: t.expose('revokedAt', { type: 'DateTime', nullable: true }),
    lastUsedAt: t.expose('lastUsedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When a program last came with it, to the minute; null when none has. No change tells of it.',
    }),
    secretUsedAt: t.expose('secretUsedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'The same of the secret that it was last given; null when no program has come with it.',
    }),
    formerUsedAt: t.expose('formerUsedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'The same of the secret before: later than `sealedAt` when some program has not been given the new one yet.',
    }),
    version: t.exposeInt('version'),
  }),
})

builder.objectField(ViewerRef, 'key', (t) =>
  t.prismaField({
    type: 'ApiKey',
    nullable: true,
    description: 'What a program came with, to see for example how long it still holds; null for a person.',
    resolve: (query, { program }, _args, { transaction }) =>
      program ? transaction.apiKey.findUnique({ ...query, where: { id: program.keyId } }) : null,
  }),
)

builder.prismaObjectField('Collaboration', 'keys', (t) =>
  t.relatedConnection('keys', {
    cursor: 'id',
    totalCount: true,
    description: "The own party's API keys, latest first, also those that no longer hold.",
    query: (_args, { viewer }) => ({ where: readable(viewer), orderBy: [{ madeAt: 'desc' as const }, { id: 'desc' as const }] }),
  }),
)
