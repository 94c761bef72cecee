import type { EventDeclarations } from '../journal/events.ts'

/**
 * Done by the operator, so nobody's member is the actor. That a collaboration was opened is no event: a stream belongs to
 * a party, and then there is none yet; the first party's stream begins with its own admission.
 */
export const partyEvents = {
  'party.admitted': { subject: 'Party', fields: { name: 'value', role: 'value' } },
} as const satisfies EventDeclarations
