import type { Agreement, AgreementVersion, Proposal } from '@samsyn/prisma/client'
import type { Unit } from '../journal/work.ts'
import { isOvertaken } from './compare.ts'
import { latestVersion, signatories, textOf } from './seat.ts'
import { stepsOf } from './steps.ts'
import { applySteps, hashOfText, type PlacedClause, placed } from './text.ts'

/**
 * Guards: a proposal is decided at the moment when the last signatory has answered, and what comes of it comes whole.
 *
 * The agreement's row is held. One no is enough to reject; a yes from nobody is no agreement. What is agreed becomes the next
 * version, with its clauses and the clauses' latest words, in this very transaction.
 */
export const decide = async (unit: Unit, agreement: Agreement, proposal: Proposal): Promise<void> => {
  const answers = await unit.transaction.answer.findMany({ where: { proposalId: proposal.id } })
  const positions = new Map(answers.map(({ partyId, position }) => [partyId, position]))
  const parties = await signatories(unit)
  if (!parties.every(({ id }) => positions.has(id))) return
  const said = parties.map(({ id }) => positions.get(id))
  if (said.includes('NO') || !said.includes('YES')) return end(unit, proposal, 'REJECTED', 'proposal.rejected')

  const latest = await latestVersion(unit, agreement)
  const [base, now] = [await textOf(unit, proposal.baseId), await textOf(unit, latest?.id ?? null)]
  const steps = stepsOf(proposal)
  const made = applySteps(now, steps)
  const firstAgain = proposal.baseId === null && latest !== null
  if (!Array.isArray(made) || firstAgain || isOvertaken(base, now, steps) || (await reused(unit, now, made)))
    return end(unit, proposal, 'OVERTAKEN', 'proposal.overtaken')

  await end(unit, proposal, 'INCORPORATED', 'proposal.incorporated')
  if (latest?.state === 'AWAITING_SIGNATURES') await turn(unit, latest, 'LAPSED', 'version.lapsed')
  await makeVersion(unit, agreement, proposal, (latest?.number ?? 0) + 1, placed(made))
}

const end = async (
  unit: Unit,
  { id }: Proposal,
  state: 'INCORPORATED' | 'REJECTED' | 'OVERTAKEN',
  kind: 'proposal.incorporated' | 'proposal.rejected' | 'proposal.overtaken',
): Promise<void> => {
  const after = await unit.transaction.proposal.update({ where: { id }, data: { state, version: { increment: 1 } } })
  await unit.record(kind, after)
}

/** Moves a version on in its life. */
export const turn = async (
  unit: Unit,
  { id }: AgreementVersion,
  state: 'IN_FORCE' | 'SUPERSEDED' | 'LAPSED',
  kind: 'version.entered' | 'version.superseded' | 'version.lapsed',
): Promise<void> => {
  const after = await unit.transaction.agreementVersion.update({ where: { id }, data: { state, version: { increment: 1 } } })
  await unit.record(kind, after)
}

/** Whether a clause that is new to the text has been in the agreement before: a lasting id is used once. */
const reused = async (unit: Unit, now: readonly { id: string }[], made: readonly { id: string }[]): Promise<boolean> => {
  const known = new Set(now.map(({ id }) => id))
  const added = made.map(({ id }) => id).filter((id) => !known.has(id))
  return (await unit.transaction.clause.count({ where: { id: { in: added } } })) > 0
}

const makeVersion = async (
  unit: Unit,
  agreement: Agreement,
  proposal: Proposal,
  number: number,
  clauses: readonly PlacedClause[],
): Promise<void> => {
  const { transaction } = unit
  const { id: agreementId, collaborationId, title } = agreement
  const version = await transaction.agreementVersion.create({
    data: {
      id: crypto.randomUUID(),
      collaborationId,
      agreementId,
      proposalId: proposal.id,
      number,
      title,
      hash: hashOfText(agreementId, number, title, clauses),
    },
  })
  await keepLatestWords(unit, agreement, clauses)
  await transaction.versionClause.createMany({
    data: clauses.map(({ id, parent, ...clause }, position) => ({
      ...clause,
      versionId: version.id,
      clauseId: id,
      collaborationId,
      parentId: parent,
      position,
    })),
  })
  await transaction.agreement.update({ where: { id: agreementId }, data: { version: { increment: 1 } } })
  await unit.record('version.made', version, {
    number: { from: null, to: number },
    hash: { from: null, to: version.hash },
  })
}

/** The clauses' own rows: what differs is brought up to date, what is gone stays as removed. */
const keepLatestWords = async ({ transaction }: Unit, { id, collaborationId }: Agreement, clauses: readonly PlacedClause[]) => {
  const rows = clauses.map((clause, position) => ({ ...clause, position }))
  await transaction.$executeRaw`
    insert into clause (id, collaboration_id, agreement_id, parent_id, number, depth, position, heading, text)
    select row.id, ${collaborationId}::uuid, ${id}::uuid, row.parent, row.number, row.depth, row.position, row.heading, row.text
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as row(id uuid, parent uuid, number text, depth int, position int, heading text, text text)
    on conflict (id) do update set parent_id = excluded.parent_id, number = excluded.number, depth = excluded.depth,
      position = excluded.position, heading = excluded.heading, text = excluded.text, version = clause.version + 1
    where (clause.parent_id, clause.number, clause.depth, clause.position, clause.heading, clause.text)
      is distinct from (excluded.parent_id, excluded.number, excluded.depth, excluded.position, excluded.heading, excluded.text)`
  await transaction.clause.updateMany({
    where: { agreementId: id, removed: false, id: { notIn: clauses.map((clause) => clause.id) } },
    data: { removed: true, number: null, version: { increment: 1 } },
  })
}
