import type { EventDeclarations } from '../journal/events.ts'

/** Told to the own party alone, and so by the webhooks themselves too. That something was sent is no event: nothing was changed by it. */
export const webhookEvents = {
  'webhook.made': { subject: 'Webhook', fields: { name: 'text', url: 'text' } },
  'webhook.edited': { subject: 'Webhook', fields: { name: 'text', url: 'text', document: 'text' } },
  'webhook.paused': { subject: 'Webhook', fields: {} },
  'webhook.resumed': { subject: 'Webhook', fields: {} },
  'webhook.stopped': { subject: 'Webhook', fields: { stop: 'value' } },
  'webhook.secret_changed': { subject: 'Webhook', fields: {} },
  'webhook.tried': { subject: 'Webhook', fields: {} },
  'webhook.replayed': { subject: 'Webhook', fields: {} },
  'webhook.removed': { subject: 'Webhook', fields: {} },
} as const satisfies EventDeclarations
