import type { Config } from '../config/config.ts'

/**
 * What every answer says, whichever door gives it: be taken for what it says it is, be shown in no frame, be part of no other origin's
 * page, tell no other site where one came from. What a page may load is its own policy's to say (`client/vite.config.ts`).
 */
export const securityHeaders = ({ origin }: Config): Readonly<Record<string, string>> => ({
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  ...(origin?.startsWith('https:') && { 'strict-transport-security': 'max-age=63072000' }),
})
