import type { ApiKey } from '@samsyn/prisma/client'
import { administers, type Policy } from '../access/may.ts'

type Ruled = Pick<ApiKey, 'readers' | 'revokedAt' | 'expiresAt'>

/** Those who look after a party's people look after its programs too. Others' keys do not exist for anybody. What opens nothing any more stays so. */
export const keyPolicy = {
  rotate: (viewer, { revokedAt, expiresAt }) =>
    !administers(viewer) ? 'ROLE' : revokedAt || expiresAt <= new Date() ? 'STATE' : undefined,
  endFormer: (viewer) => (administers(viewer) ? undefined : 'ROLE'),
  revoke: (viewer) => (administers(viewer) ? undefined : 'ROLE'),
} as const satisfies Policy<Ruled>
