import { createHash } from 'node:crypto'
import { own, owns } from '../../access/reads.ts'
import type { Config } from '../../config/config.ts'
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

const ReplaceBrowserInput = builder.inputType('ReplaceBrowserInput', {
  description: 'A browser that its push service reaches at another address from now on.',
  fields: (t) => ({
    idempotencyKey: t.id({ description: key }),
    former: t.string({ required: true, description: 'The address at which it was named: at most 1000 characters.' }),
    endpoint: t.string({
      required: true,
      description: 'Its address at its push service now: https, outside private networks, at most 1000 characters.',
    }),
    publicKey: t.string({ required: true, description: 'Its key `p256dh` now, in base64url.' }),
    secret: t.string({ required: true, description: 'Its secret `auth` now, in base64url.' }),
  }),
})

const RemoveBrowserInput = builder.inputType('RemoveBrowserInput', {
  description: 'A browser that is to tell nothing more.',
  fields: (t) => ({
    idempotencyKey: t.id({ description: key }),
    browser: t.id({ required: true, description: 'Id of PushBrowser: the one that is to fall silent.' }),
  }),
})

interface Reached {
  readonly endpoint: string
  readonly publicKey: string
  readonly secret: string
}

/** How a browser is reached, as far as anybody can tell who has not tried. */
const reachedIn = (check: InputCheck, { endpoint, publicKey, secret }: Reached, { push }: Config): Reached => {
  check.text('endpoint', endpoint, { least: 1, most: 1000 })
  check.require('endpoint', mayBeReached(endpoint, push?.inside ?? []), 'UNKNOWN')
  check.require('publicKey', isPublicKey(publicKey), 'INVALID_CHARACTER')
  check.require('secret', isSecret(secret), 'INVALID_CHARACTER')
  return { endpoint, publicKey, secret }
}

builder.mutationFields((t) => ({
  addBrowser: t.field({
    type: SettingsChanged,
    description:
      'From now on the browser tells the viewer what is pushed. Whoever was told in it before, and is somebody else, no longer is. Named again it is the same browser.',
    errors: { types: FAILURES },
    authScopes: { seated: true },
    args: { input: t.arg({ type: AddBrowserInput, required: true, description: ASKED }) },
    resolve: async (_root, { input }, context) => {
      const check = new InputCheck()
      const reached = reachedIn(check, input, context.config)
      const label = check.text('label', input.label, { least: 1, most: 100 })
      check.done()
      return context.act(async () => {
        await context.settings.addBrowser(seated(context), actOf('addBrowser', input), { ...reached, label })
        return {}
      })
    },
  }),
  replaceBrowser: t.field({
    type: SettingsChanged,
    description:
      'The browser that was named at the former address is reached at this one from now on, under the label that it has. For its service worker, when its push service has given it another subscription.',
    errors: { types: FAILURES },
    authScopes: { seated: true },
    args: { input: t.arg({ type: ReplaceBrowserInput, required: true, description: ASKED }) },
    resolve: async (_root, { input }, context) => {
      const check = new InputCheck()
      const former = check.text('former', input.former, { least: 1, most: 1000 })
      const reached = reachedIn(check, input, context.config)
      check.done()
      return context.act(async () => {
        await context.settings.replaceBrowser(seated(context), actOf('replaceBrowser', input), former, reached)
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
