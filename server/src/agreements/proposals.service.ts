import type { AgreementVersion, Position, Proposal } from '@samsyn/prisma/client'
import { may, writes } from '../access/may.ts'
import { assertNoPersonalNumbers } from '../access/personalNumbers.ts'
import { reads } from '../access/reads.ts'
import type { Viewer } from '../access/viewer.ts'
import { InvalidInput, NotAllowed, NotFound } from '../graph/failures.ts'
import { assertNoConflict } from '../journal/conflicts.ts'
import { mintedId } from '../journal/mintedId.ts'
import { type Act, type Changes, Unchanged, type Unit, type UnitOfWork } from '../journal/work.ts'
import { proposalPolicy } from './agreements.policy.ts'
import { isOvertaken } from './compare.ts'
import { decide } from './incorporate.ts'
import { latestVersion, lockAgreement, powersOf, readAgreement, textOf } from './seat.ts'
import { assertFits, stepsOf, storedSteps, type WantedStep } from './steps.ts'

export interface ProposalContent {
  readonly title: string
  readonly reason: string
  readonly changes: readonly WantedStep[]
  /** The version that the steps are written against. */
  readonly base: string
}

/** The verbs of a proposal. Each is one unit of work and returns the proposal's id. */
export class ProposalService {
  readonly #work: UnitOfWork

  constructor(work: UnitOfWork) {
    this.#work = work
  }

  /** A new proposal is the party's own until it is opened, written against the latest version unless another is named. */
  draft(viewer: Viewer, act: Act, input: { id: string } & Omit<ProposalContent, 'base'> & { base?: string }): Promise<string> {
    return this.#work.run(viewer, act, async (unit) => {
      const { signatory } = await powersOf(unit, viewer)
      if (!signatory) throw new NotAllowed('NOT_SIGNATORY')
      if (!writes(viewer)) throw new NotAllowed('ROLE')
      const agreement = await readAgreement(unit)
      const base = input.base === undefined ? await latestVersion(unit, agreement) : await versionOf(unit, input.base)
      assertFits(await textOf(unit, base?.id ?? null), input.changes)
      const proposal = await unit.transaction.proposal.create({
        data: {
          id: mintedId(viewer, input.id),
          collaborationId: viewer.collaborationId,
          agreementId: agreement.id,
          partyId: viewer.partyId,
          authorId: viewer.memberId,
          baseId: base?.id ?? null,
          title: input.title,
          reason: input.reason,
          changes: storedSteps(input.changes),
        },
      })
      await unit.record('proposal.drafted', proposal, differences({ title: null, reason: '', changes: '[]' }, plain(proposal)))
      return proposal.id
    })
  }

  edit(viewer: Viewer, act: Act, id: string, baseVersion: number, wanted: Partial<ProposalContent>): Promise<string> {
    return this.#work.run(viewer, act, async (unit) => {
      const before = await lock(unit, id)
      may(proposalPolicy, viewer, 'edit', { ...before, ...(await powersOf(unit, viewer)) })
      const base = wanted.base === undefined ? before.baseId : (await versionOf(unit, wanted.base)).id
      const changes = wanted.changes ?? stepsOf(before).map((step) => ({ ...step, minted: true }))
      assertFits(await textOf(unit, base), changes, stepsOf(before))
      const content = {
        title: wanted.title ?? before.title,
        reason: wanted.reason ?? before.reason,
        changes: storedSteps(changes),
      }
      const differing = differences(plain(before), plain(content))
      if (Object.keys(differing).length === 0 && base === before.baseId) throw new Unchanged(id)
      await assertNoConflict(unit, before, baseVersion, differing)
      const after = await unit.transaction.proposal.update({
        where: { id },
        data: { ...content, baseId: base, version: before.version + 1 },
      })
      await unit.record('proposal.edited', after, differing)
      return id
    })
  }

  /** Puts the proposal before the others, who get a received record of it as it now is. It can't be reworded after that. */
  open(viewer: Viewer, act: Act, id: string, baseVersion: number | undefined): Promise<string> {
    return this.#decide(viewer, act, id, async (unit, before) => {
      may(proposalPolicy, viewer, 'open', { ...before, ...(await powersOf(unit, viewer)) })
      const steps = stepsOf(before)
      const empty = [before.reason.trim() === '' && 'reason', steps.length === 0 && 'changes'].filter((field) => field !== false)
      if (empty.length > 0) throw new InvalidInput(empty.map((field) => ({ field, code: 'EMPTY' })))
      const texts = steps.flatMap(({ heading, text }, index) => [
        [`changes.${index}.heading`, heading ?? undefined] as const,
        [`changes.${index}.text`, text ?? undefined] as const,
      ])
      assertNoPersonalNumbers({ title: before.title, reason: before.reason, ...Object.fromEntries(texts) })
      const shown = Object.fromEntries(Object.entries(plain(before)).map(([field, to]) => [field, { from: null, to }]))
      if (baseVersion !== undefined) await assertNoConflict(unit, before, baseVersion, shown)
      const latest = await latestVersion(unit, await readAgreement(unit))
      const [base, now] = [await textOf(unit, before.baseId), await textOf(unit, latest?.id ?? null)]
      if ((before.baseId === null && latest) || isOvertaken(base, now, steps)) throw new NotAllowed('TEXT_CHANGED')
      const after = await unit.transaction.proposal.update({
        where: { id },
        data: { state: 'OPEN', audience: 'JOINT', version: before.version + 1 },
      })
      await unit.record('proposal.opened', after, shown, before.readers)
    })
  }

  withdraw(viewer: Viewer, act: Act, id: string): Promise<string> {
    return this.#decide(viewer, act, id, async (unit, before) => {
      may(proposalPolicy, viewer, 'withdraw', { ...before, ...(await powersOf(unit, viewer)) })
      const after = await unit.transaction.proposal.update({
        where: { id },
        data: { state: 'WITHDRAWN', version: before.version + 1 },
      })
      await unit.record('proposal.withdrawn', after)
    })
  }

  /** Says what the party thinks. The last signatory to answer decides the proposal by it. */
  answer(
    viewer: Viewer,
    act: Act,
    id: string,
    baseVersion: number | undefined,
    said: { position: Position; reason: string | null },
  ): Promise<string> {
    return this.#decide(viewer, act, id, async (unit, before, agreement) => {
      may(proposalPolicy, viewer, 'answer', { ...before, ...(await powersOf(unit, viewer, 'VOTE')) })
      assertNoPersonalNumbers({ reason: said.reason ?? undefined })
      const { partyId, memberId } = viewer
      const earlier = await unit.transaction.answer.findUnique({ where: { proposalId_partyId: { proposalId: id, partyId } } })
      const changes = differences(
        { position: earlier?.position ?? null, reason: earlier?.reason ?? null },
        { position: said.position, reason: said.reason },
      )
      if (Object.keys(changes).length === 0) throw new Unchanged(id)
      // Others' answers are no conflict: only a colleague's, in the name of the same party.
      if (baseVersion !== undefined) await assertNoConflict(unit, before, baseVersion, changes, { partyId })
      if (earlier) await unit.transaction.answer.update({ where: { id: earlier.id }, data: { ...said, memberId } })
      else
        await unit.transaction.answer.create({
          data: { ...said, id: crypto.randomUUID(), collaborationId: viewer.collaborationId, proposalId: id, partyId, memberId },
        })
      const after = await unit.transaction.proposal.update({ where: { id }, data: { version: before.version + 1 } })
      await unit.record('proposal.answered', after, changes)
      await decide(unit, agreement, after)
    })
  }

  /** The agreement's row first, then the proposal's: then things are decided one at a time. */
  #decide(
    viewer: Viewer,
    act: Act,
    id: string,
    work: (unit: Unit, before: Proposal, agreement: Awaited<ReturnType<typeof lockAgreement>>) => Promise<void>,
  ): Promise<string> {
    return this.#work.run(viewer, act, async (unit) => {
      const seen = await unit.transaction.proposal.findUnique({ where: { id } })
      if (!seen || !reads(viewer, seen)) throw new NotFound('id')
      const agreement = await lockAgreement(unit)
      await work(unit, await lock(unit, id), agreement)
      return id
    })
  }
}

const lock = async (unit: Unit, id: string): Promise<Proposal> => {
  await unit.transaction.$queryRaw`select id from proposal where id = ${id}::uuid for update`
  const proposal = await unit.transaction.proposal.findUnique({ where: { id } })
  if (!proposal) throw new NotFound('id')
  return proposal
}

/** The version that a proposal is to be written against. There is one agreement, and what may be read of it is its own. */
const versionOf = async (unit: Unit, id: string): Promise<AgreementVersion> => {
  const version = await unit.transaction.agreementVersion.findUnique({ where: { id } })
  if (!version || !reads(unit.viewer, version)) throw new NotFound('base')
  return version
}

type Values = Readonly<Record<string, string | null>>

const plain = ({ title, reason, changes }: Pick<Proposal, 'title' | 'reason'> & { changes: unknown }): Values => ({
  title,
  reason,
  changes: JSON.stringify(storedSteps(stepsOf({ changes } as Pick<Proposal, 'changes'>))),
})

const differences = (from: Values, to: Values): Changes =>
  Object.fromEntries(
    Object.keys(to)
      .filter((field) => from[field] !== to[field])
      .map((field) => [field, { from: from[field] ?? null, to: to[field] ?? null }]),
  )
