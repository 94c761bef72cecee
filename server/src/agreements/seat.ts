import type { Agreement, AgreementVersion, MandateKind, Party } from '@samsyn/prisma/client'
import { reads } from '../access/reads.ts'
import type { Viewer } from '../access/viewer.ts'
import { NotAllowed } from '../graph/failures.ts'
import type { Unit } from '../journal/work.ts'
import type { Powers } from './agreements.policy.ts'
import { type PlacedClause, placed } from './text.ts'

/**
 * Guards: of all that is decided about an agreement, one thing at a time.
 *
 * Whoever answers, opens, withdraws or signs holds the agreement's row first and its proposal or version after it, in that
 * order. So two last answers, or two last signatures, come one after the other, and the second sees what the first did.
 */
export const lockAgreement = async (unit: Unit): Promise<Agreement> => {
  const { collaborationId } = unit.viewer
  await unit.transaction.$queryRaw`select id from agreement where collaboration_id = ${collaborationId}::uuid for update`
  return readAgreement(unit)
}

export const readAgreement = async (unit: Unit): Promise<Agreement> => {
  const agreement = await unit.transaction.agreement.findUnique({ where: { collaborationId: unit.viewer.collaborationId } })
  if (!agreement || !reads(unit.viewer, agreement)) throw new NotAllowed('NOT_SIGNATORY')
  return agreement
}

export const latestVersion = (unit: Unit, { id }: Agreement): Promise<AgreementVersion | null> =>
  unit.transaction.agreementVersion.findFirst({ where: { agreementId: id }, orderBy: { number: 'desc' } })

/** What a version says; nothing, before there is one. */
export const textOf = async ({ transaction }: Pick<Unit, 'transaction'>, versionId: string | null): Promise<PlacedClause[]> => {
  if (versionId === null) return []
  const rows = await transaction.versionClause.findMany({ where: { versionId }, orderBy: { position: 'asc' } })
  return placed(rows.map(({ clauseId, parentId, heading, text }) => ({ id: clauseId, parent: parentId, heading, text })))
}

/** Those who answer and sign, in seat order. */
export const signatories = ({ transaction, viewer }: Unit): Promise<Party[]> =>
  transaction.party.findMany({
    where: { collaborationId: viewer.collaborationId, role: 'SIGNATORY', leftAt: null },
    orderBy: { ordinal: 'asc' },
  })

/** What the viewer can do for the party today, counted in the collaboration's zone. */
export const powersOf = async (unit: Unit, viewer: Viewer, kind?: MandateKind): Promise<Powers> => {
  const signatory = (await signatories(unit)).some(({ id }) => id === viewer.partyId)
  if (!kind) return { signatory, mandated: false }
  const [found] = await unit.transaction.$queryRaw<{ mandated: boolean }[]>`
    select exists (select from mandate, collaboration
      where mandate.member_id = ${viewer.memberId}::uuid and mandate.kind = ${kind}::"MandateKind"
        and collaboration.id = ${viewer.collaborationId}::uuid
        and (now() at time zone collaboration.time_zone)::date between valid_from and coalesce(valid_to, 'infinity')) as mandated`
  return { signatory, mandated: found?.mandated ?? false }
}
