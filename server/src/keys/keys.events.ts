import type { EventDeclarations } from '../journal/events.ts'

/** Told to the own party alone. That a key was used is no event: nothing was changed by it. */
export const keyEvents = {
  'key.made': { subject: 'ApiKey', fields: { name: 'text', expiresAt: 'value', slices: 'value' } },
  'key.rotated': { subject: 'ApiKey', fields: { formerUntil: 'value', expiresAt: 'value' } },
  'key.former_ended': { subject: 'ApiKey', fields: { formerUntil: 'value' } },
  'key.revoked': { subject: 'ApiKey', fields: {} },
} as const satisfies EventDeclarations
