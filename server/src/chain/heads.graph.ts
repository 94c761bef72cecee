import { reads, readable } from '../access/reads.ts'
import { builder } from '../graph/builder.ts'
import type { Context } from '../graph/context.ts'

const SignedHeadRef = builder.prismaNode('SignedHead', {
  id: { field: 'id' },
  nullable: true,
  description:
    "How far the journal of the viewer's party had come on a day, signed by the hub. Kept by the party, it shows later whether anything before it was changed or taken away. The signature is Ed25519 over the canonical form (RFC 8785) of `{at, epoch, hash, seq, stream}`, all strings but `epoch`.",
  select: { id: true, readers: true },
  authScopes: (head, { viewer }) => reads(viewer, head),
  fields: (t) => ({
    stream: t.exposeString('streamId', { description: "The party's UUID, as it is signed." }),
    epoch: t.exposeInt('epoch', { description: 'Goes up when the hub is restored from a backup.' }),
    seq: t.string({
      description: 'Number of the last entry, from 1 on without a gap; a whole number of 64 bits, as text.',
      select: { seq: true },
      resolve: ({ seq }) => String(seq),
    }),
    hash: t.string({
      description: 'Hash of the last entry, 64 hexadecimal digits: SHA-256 of the hash before it and its canonical form.',
      select: { hash: true },
      resolve: ({ hash }) => Buffer.from(hash).toString('hex'),
    }),
    at: t.string({
      description: 'When it was signed, in UTC with milliseconds, as it is signed.',
      select: { at: true },
      resolve: ({ at }) => at.toISOString(),
    }),
    key: t.exposeString('key', { description: "The hub's public key: 32 bytes of Ed25519 as base64url." }),
    signature: t.exposeString('signature', { description: '64 bytes as base64url.' }),
  }),
})

builder.queryFields((t) => ({
  signedHeads: t.prismaConnection({
    type: SignedHeadRef,
    cursor: 'id',
    description:
      "Signed heads of the journal of the viewer's party, the latest first: one for each day on which it was told something.",
    authScopes: { seated: true },
    resolve: (query, _root, _args, { viewer, transaction }) =>
      transaction.signedHead.findMany({ ...query, where: readable(viewer), orderBy: [{ at: 'desc' }, { id: 'desc' }] }),
  }),
}))

/** The latest archive of the viewer's party, after which its journal begins here. */
const latestArchive = ({ viewer, transaction }: Context) =>
  transaction.journalArchive.findFirst({ where: readable(viewer), orderBy: { last: 'desc' } })

builder.prismaObjectFields('Collaboration', (t) => ({
  journalMonths: t.exposeInt('journalMonths', {
    nullable: true,
    description:
      'For how many months the journal is kept in the hub; null: for ever. What is older the operator may archive, in files that are checked as the journal is.',
  }),
  journalArchivedThrough: t.string({
    nullable: true,
    description:
      "Number of the last entry of the journal of the viewer's party that has been archived, a whole number of 64 bits, as text; null when none has. Histories begin after it, and so does what can be followed.",
    resolve: async (_collaboration, _args, context) => (await latestArchive(context))?.last.toString() ?? null,
  }),
  journalArchivedUntil: t.field({
    type: 'DateTime',
    nullable: true,
    description: 'When that entry happened.',
    resolve: async (_collaboration, _args, context) => (await latestArchive(context))?.until ?? null,
  }),
}))
