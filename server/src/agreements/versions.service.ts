import { may } from '../access/may.ts'
import { reads } from '../access/reads.ts'
import type { Viewer } from '../access/viewer.ts'
import { NotAllowed, NotFound } from '../graph/failures.ts'
import type { Act, UnitOfWork } from '../journal/work.ts'
import { versionPolicy } from './agreements.policy.ts'
import { turn } from './incorporate.ts'
import { lockAgreement, powersOf, signatories } from './seat.ts'

/** The verbs of a version of the agreement. Each is one unit of work and returns the version's id. */
export class VersionService {
  readonly #work: UnitOfWork

  constructor(work: UnitOfWork) {
    this.#work = work
  }

  /**
   * Signs for the party exactly the text that has this hash. The last signatory's signature puts the version in force, and
   * what was in force is superseded by it.
   */
  sign(viewer: Viewer, act: Act, id: string, hash: string): Promise<string> {
    return this.#work.run(viewer, act, async (unit) => {
      const { transaction } = unit
      const seen = await transaction.agreementVersion.findUnique({ where: { id } })
      if (!seen || !reads(viewer, seen)) throw new NotFound('id')
      const agreement = await lockAgreement(unit)
      const version = await transaction.agreementVersion.findUniqueOrThrow({ where: { id }, include: { signatures: true } })
      const signed = new Set(version.signatures.map(({ partyId }) => partyId))
      may(versionPolicy, viewer, 'sign', {
        ...version,
        ...(await powersOf(unit, viewer, 'SIGN')),
        signed: signed.has(viewer.partyId),
      })
      if (hash !== version.hash) throw new NotAllowed('TEXT_CHANGED')
      await transaction.signature.create({
        data: {
          id: crypto.randomUUID(),
          collaborationId: viewer.collaborationId,
          versionId: id,
          partyId: viewer.partyId,
          memberId: viewer.memberId,
          hash,
        },
      })
      const after = await transaction.agreementVersion.update({ where: { id }, data: { version: version.version + 1 } })
      await unit.record('version.signed', after, { hash: { from: null, to: hash } })

      const remaining = (await signatories(unit)).filter((party) => party.id !== viewer.partyId && !signed.has(party.id))
      if (remaining.length > 0) return id
      const former = await transaction.agreementVersion.findFirst({ where: { agreementId: agreement.id, state: 'IN_FORCE' } })
      if (former) await turn(unit, former, 'SUPERSEDED', 'version.superseded')
      await turn(unit, after, 'IN_FORCE', 'version.entered')
      await transaction.agreement.update({ where: { id: agreement.id }, data: { version: { increment: 1 } } })
      return id
    })
  }
}
