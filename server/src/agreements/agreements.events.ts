import type { EventDeclarations } from '../journal/events.ts'

/** The steps of a proposal stand as one text: what was put before the others can be proved, and erased. */
const content = { title: 'text', reason: 'text', changes: 'text' } as const

export const agreementEvents = {
  'proposal.drafted': { subject: 'Proposal', fields: content },
  'proposal.edited': { subject: 'Proposal', fields: content },
  'proposal.opened': { subject: 'Proposal', fields: content },
  'proposal.answered': { subject: 'Proposal', fields: { position: 'value', reason: 'text' } },
  'proposal.withdrawn': { subject: 'Proposal', fields: {} },
  'proposal.incorporated': { subject: 'Proposal', fields: {} },
  'proposal.rejected': { subject: 'Proposal', fields: {} },
  'proposal.overtaken': { subject: 'Proposal', fields: {} },
  'version.made': { subject: 'AgreementVersion', fields: { number: 'value', hash: 'value' } },
  'version.signed': { subject: 'AgreementVersion', fields: { hash: 'value' } },
  'version.entered': { subject: 'AgreementVersion', fields: {} },
  'version.superseded': { subject: 'AgreementVersion', fields: {} },
  'version.lapsed': { subject: 'AgreementVersion', fields: {} },
} as const satisfies EventDeclarations
