import type { EventDeclarations } from '../journal/events.ts'

const fields = { name: 'text', title: 'text', roles: 'value', mandates: 'value' } as const

export const memberEvents = {
  'member.invited': { subject: 'Member', fields },
  'member.joined': { subject: 'Member', fields: {} },
  'member.changed': { subject: 'Member', fields },
  'member.removed': { subject: 'Member', fields: {} },
} as const satisfies EventDeclarations
