import type { EventDeclarations } from '../journal/events.ts'

export const commentEvents = {
  'comment.written': { subject: 'Comment', fields: { text: 'text' } },
  'comment.edited': { subject: 'Comment', fields: { text: 'text' } },
  'comment.withdrawn': { subject: 'Comment', fields: {} },
} as const satisfies EventDeclarations
