import { createHash } from 'node:crypto'
import { own, owns } from '../../access/reads.ts'
import { ASKED, actOf, idOf, seated } from '../../graph/acts.ts'
import { builder } from '../../graph/builder.ts'
import { FAILURES } from '../../graph/failures.graph.ts'
import { InputCheck } from '../../graph/input.ts'
import { key } from '../notifications.mutations.ts'
import { SettingsRef } from '../settings.graph.ts'
import { SettingsChanged } from '../settings.mutations.ts'
import { isPublicKey, isSecret, MOST_BROWSERS } from './browsers.ts'
import { mayBeReached } from './reach.ts'

/** Guards: by what a browser is reached and written to is told to nobody, not even to its owner. */

const BrowserRef = builder.prismaNode('PushBrowser', {
  id: { field: 'id' },
  nullable: true,
  description: 'Personal. A browser in which the viewer wants to be told.',
  select: { id: true, readers: true },
  authScopes: (browser, { viewer }) => owns(viewer, browser),
  fields: (t) => ({
    label: t.exposeString('label'),
    fingerprint: t.string({
      description: 'SHA-256 of its endpoint, in base64url: by it a browser finds out which of them it is itself.',
      select: { endpoint: true },
      resolve: ({ endpoint }) => createHash('sha256').update(endpoint).digest('base64url'),
    }),
    addedAt: t.expose('addedAt', { type: 'DateTime', description: 'Since when it tells.' }),
    toldAt: t.expose('toldAt', { type: 'DateTime', nullable: true }),
  }),
})

builder.prismaObjectFields(SettingsRef, (t) => ({
  browsers: t.prismaField({
    type: [BrowserRef],
    description: `The browsers that tell what is to be pushed, oldest first; at most ${MOST_BROWSERS}.`,
    resolve: (query, _settings, _args, { transaction, viewer }) =>
      transaction.pushBrowser.findMany({ ...query, where: own(viewer), orderBy: [{ addedAt: 'asc' }, { id: 'asc' }] }),
  }),
  pushKey: t.string({
    nullable: true,
    description: "The hub's public key (VAPID, base64url), with which a browser is to subscribe; null where nothing is pushed.",
    resolve: (_settings, _args, { config, pushKeys }) => (config.push ? pushKeys.pair.publicKey : null),
  }),
}))

const AddBrowserInput = builder.inputType('AddBrowserInput', {
  description: 'A browser that is to tell what is pushed, as its `PushSubscription` has it.',
  fields: (t) => ({
    idempotencyKey: t.id({ description: key }),
    endpoint: t.string({
      required: true,
      description: 'Its address at its push service: https, outside private networks, at most 1000 characters.',
    }),
    publicKey: t.string({ required: true, description: 'Its key `p256dh`, in base64url.' }),
    secret: t.string({ required: true, description: 'Its secret `auth`, in base64url.' }),
    label: t.string({
      required: true,
      description: 'By what its owner tells it from their others; one line, at most 100 characters.',
    }),
  }),
})

const RemoveBrowserInput = builder.inputType('RemoveBrowserInput', {
  description: 'A browser that is to tell nothing more.',
  fields: (t) => ({
    idempotencyKey: t.id({ description: key }),
    browser: t.id({ required: true, description: 'Id of PushBrowser: the one that is to fall silent.' }),
  }),
})

builder.mutationFields((t) => ({
  addBrowser: t.field({
    type: SettingsChanged,
    description:
      'From now on the browser tells the viewer what is pushed. Whoever was told in it before, and is somebody else, no longer is. Named again it is the same browser.',
    errors: { types: FAILURES },
    authScopes: { seated: true },
    args: { input: t.arg({ type: AddBrowserInput, required: true, description: ASKED }) },
    resolve: async (_root, { input }, context) => {
      const { endpoint, publicKey, secret } = input
      const check = new InputCheck()
      check.text('endpoint', endpoint, { least: 1, most: 1000 })
      check.require('endpoint', mayBeReached(endpoint, context.config.push?.inside ?? []), 'UNKNOWN')
      check.require('publicKey', isPublicKey(publicKey), 'INVALID_CHARACTER')
      check.require('secret', isSecret(secret), 'INVALID_CHARACTER')
      const label = check.text('label', input.label, { least: 1, most: 100 })
      check.done()
      return context.act(async () => {
        await context.settings.addBrowser(seated(context), actOf('addBrowser', input), { endpoint, publicKey, secret, label })
        return {}
      })
    },
  }),
  removeBrowser: t.field({
    type: SettingsChanged,
    description: 'From now on the browser tells nothing more.',
    errors: { types: FAILURES },
    authScopes: { seated: true },
    args: { input: t.arg({ type: RemoveBrowserInput, required: true, description: ASKED }) },
    resolve: async (_root, { input }, context) => {
      const id = idOf('PushBrowser', 'browser', input.browser)
      return context.act(async () => {
        await context.settings.removeBrowser(seated(context), actOf('removeBrowser', input), id)
        return {}
      })
    },
  }),
}))
