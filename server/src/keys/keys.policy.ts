import type { ApiKey } from '@samsyn/prisma/client'
import { administers, type Policy } from '../access/may.ts'

type Ruled = Pick<ApiKey, 'readers' | 'partyId'>

/** Those who look after a party's people look after its programs too. Others' keys do not exist for anybody. */
export const keyPolicy = {
  revoke: (viewer) => (administers(viewer) ? undefined : 'ROLE'),
} as const satisfies Policy<Ruled>
