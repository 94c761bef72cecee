import type { Webhook } from '@samsyn/prisma/client'
import { administers, type Policy } from '../access/may.ts'

type Ruled = Pick<Webhook, 'readers' | 'state'>

/** Those who look after a party's programs look after what is sent to them. What is removed stays so. Others' do not exist for anybody. */
export const webhookPolicy = {
  change: (viewer, { state }) => (!administers(viewer) ? 'ROLE' : state === 'REMOVED' ? 'STATE' : undefined),
  remove: (viewer) => (administers(viewer) ? undefined : 'ROLE'),
} as const satisfies Policy<Ruled>
