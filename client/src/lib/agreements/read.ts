// What the pages of the agreement ask for before they are drawn; the classes find it in the cache.
import { globalId } from '#lib/graph/ids.ts'
import type { Hub } from '#lib/graph/hub.svelte.ts'
import type { MandateKind, SeatedMember } from '#lib/ui/things.ts'
import type { ProposalState } from './documents.ts'

const versionsPerPage = 100
const comments = 50
const proposalsPerPage = 50

export const clauseVariables = (id: string) => ({ id, comments })
export const versionsVariables = { first: versionsPerPage }
export const proposalsVariables = (state: ProposalState | null) => ({
  states: state ? [state] : null,
  first: proposalsPerPage,
  after: null,
})
export const clauseId = (uuid: string | null) => (uuid ? globalId('Clause', uuid) : null)

/** Only those whose agreement it is write proposals to change it. */
export const mayDraft = (hub: Hub) => hub.may.write && hub.viewer.party.role === 'SIGNATORY'

/** Whether somebody may speak for the own party on a day, by a mandate. */
export const holds = (member: Pick<SeatedMember, 'mandates'>, kind: MandateKind, day: string) =>
  member.mandates.some(
    (mandate) => mandate.kind === kind && mandate.validFrom <= day && (mandate.validTo === null || mandate.validTo >= day),
  )

/** Whether this person may speak for the party today, by that mandate. Only to say why not; the server decides. */
export const hasMandate = (hub: Hub, kind: MandateKind) =>
  hub.viewer.party.role === 'SIGNATORY' && holds(hub.viewer.member, kind, hub.today)
