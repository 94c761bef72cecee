import type { AgreementVersion, Clause, Proposal } from '@samsyn/prisma/client'
import { coordinates, type Policy, writes } from '../access/may.ts'

/** What the viewer's seat can do for the party today, looked up in the same transaction. */
export interface Powers {
  readonly signatory: boolean
  /** Holds a mandate for the act, valid today. */
  readonly mandated: boolean
}

type RuledProposal = Pick<Proposal, 'readers' | 'partyId' | 'state'> & Powers

/** A party's proposal is its own to word, open and take back; every signatory answers what is open, by mandate. */
export const proposalPolicy = {
  edit: (viewer, proposal) =>
    proposal.partyId !== viewer.partyId
      ? 'NOT_OWN_PARTY'
      : !writes(viewer)
        ? 'ROLE'
        : proposal.state !== 'DRAFT'
          ? 'STATE'
          : undefined,
  open: (viewer, proposal) =>
    proposal.partyId !== viewer.partyId
      ? 'NOT_OWN_PARTY'
      : !proposal.signatory
        ? 'NOT_SIGNATORY'
        : !coordinates(viewer)
          ? 'ROLE'
          : proposal.state !== 'DRAFT'
            ? 'STATE'
            : undefined,
  withdraw: (viewer, proposal) =>
    proposal.partyId !== viewer.partyId
      ? 'NOT_OWN_PARTY'
      : !(proposal.state === 'DRAFT' ? writes(viewer) : coordinates(viewer))
        ? 'ROLE'
        : proposal.state !== 'DRAFT' && proposal.state !== 'OPEN'
          ? 'STATE'
          : undefined,
  answer: (_viewer, proposal) =>
    !proposal.signatory ? 'NOT_SIGNATORY' : !proposal.mandated ? 'MANDATE' : proposal.state !== 'OPEN' ? 'STATE' : undefined,
} as const satisfies Policy<RuledProposal>

type RuledVersion = Pick<AgreementVersion, 'readers' | 'state'> & Powers & { readonly signed: boolean }

/** Each signatory signs once, by mandate, what awaits signatures. */
export const versionPolicy = {
  sign: (_viewer, version) =>
    !version.signatory
      ? 'NOT_SIGNATORY'
      : !version.mandated
        ? 'MANDATE'
        : version.state !== 'AWAITING_SIGNATURES' || version.signed
          ? 'STATE'
          : undefined,
} as const satisfies Policy<RuledVersion>

type RuledClause = Pick<Clause, 'readers' | 'removed'>

/** All who read a clause may talk about it and let tasks come of it, as long as it stands. */
export const clausePolicy = {
  comment: (viewer, clause) => (!writes(viewer) ? 'ROLE' : clause.removed ? 'STATE' : undefined),
} as const satisfies Policy<RuledClause>
