import type { EventDeclarations } from '../journal/events.ts'

/**
 * Guards: what the journal tells of a task, field by field; title and description as commitments, so that they can be erased.
 */

const content = { title: 'text', description: 'text', dueOn: 'value', clause: 'Clause' } as const
const people = { responsible: 'Party', assignees: 'Member' } as const

export const taskEvents = {
  'task.created': { subject: 'Task', fields: { ...content, ...people, state: 'value' } },
  'task.edited': { subject: 'Task', fields: content },
  'task.assigned': { subject: 'Task', fields: people },
  'task.moved': { subject: 'Task', fields: { state: 'value', position: 'value' } },
  'task.shared': { subject: 'Task', fields: { audience: 'value', sharedWith: 'Party' } },
  'task.archived': { subject: 'Task', fields: {} },
  'task.restored': { subject: 'Task', fields: {} },
} as const satisfies EventDeclarations
