import type { EventDeclarations } from '../journal/events.ts'

export const fileEvents = {
  'file.attached': { subject: 'File', fields: { name: 'text', mediaType: 'value', size: 'value', hash: 'value' } },
  'file.removed': { subject: 'File', fields: { name: 'text' } },
} as const satisfies EventDeclarations
