import { ASKED, actOf, idOf, seated } from '../graph/acts.ts'
import { builder } from '../graph/builder.ts'
import { FAILURES } from '../graph/failures.graph.ts'
import { InputCheck } from '../graph/input.ts'
import { cursorNow } from '../journal/changes.ts'

const Changed = builder.objectRef<{ id: string }>('VersionChanged').implement({
  description: 'The version of the agreement as it now stands.',
  fields: (t) => ({
    agreementVersion: t.prismaField({
      type: 'AgreementVersion',
      description: 'The version, after the commit; in force, if the signature was the last.',
      resolve: (query, { id }, _, { transaction }) => transaction.agreementVersion.findUniqueOrThrow({ ...query, where: { id } }),
    }),
    cursor: t.field({
      type: 'Cursor',
      description: "The journal's position after the commit.",
      resolve: (_root, _args, context) => cursorNow(context),
    }),
  }),
})

const SignVersionInput = builder.inputType('SignVersionInput', {
  description: 'The text that the own party binds itself to.',
  fields: (t) => ({
    idempotencyKey: t.id({
      description: 'A UUID minted by the client: the same key again gives the same answer and changes nothing.',
    }),
    id: t.id({ required: true, description: 'Id of AgreementVersion: the one to sign.' }),
    hash: t.string({
      required: true,
      description: 'The hash of the text that the signer has read. If it is not the version’s, nothing is signed: TEXT_CHANGED.',
    }),
  }),
})

builder.mutationField('signVersion', (t) =>
  t.field({
    type: Changed,
    description:
      'Signs a version for the own party, once, by a mandate to sign. The last signatory to sign puts it in force. Cannot be taken back.',
    errors: { types: FAILURES },
    authScopes: { seated: true },
    args: { input: t.arg({ type: SignVersionInput, required: true, description: ASKED }) },
    resolve: async (_root, { input }, context) => {
      const check = new InputCheck()
      const hash = check.text('hash', input.hash, { least: 1, most: 64 })
      check.done()
      const id = idOf('AgreementVersion', 'id', input.id)
      return context.act(async () => ({
        id: await context.versions.sign(seated(context), actOf('signVersion', input), id, hash.toLowerCase()),
      }))
    },
  }),
)
