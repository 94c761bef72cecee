import { randomBytes, createHash } from 'node:crypto'
import type { MandateKind, Member, MemberRole } from '@samsyn/prisma/client'
import { administers, may } from '../access/may.ts'
import type { Actor } from '../access/viewer.ts'
import type { Database } from '../data/database.ts'
import { InvalidInput, NotAllowed, NotFound } from '../graph/failures.ts'
import { assertNoConflict } from '../journal/conflicts.ts'
import { mintedId } from '../journal/mintedId.ts'
import { type Act, type Changes, Unchanged, type Unit, type UnitOfWork } from '../journal/work.ts'
import { memberPolicy } from './members.policy.ts'

export interface MandateTerms {
  readonly kind: MandateKind
  readonly validFrom: Date
  readonly validTo: Date | null
}

export interface MemberTerms {
  readonly name: string
  readonly title: string
  readonly roles: readonly MemberRole[]
  readonly mandates: readonly MandateTerms[]
}

const INVITATION_DAYS = 14

/** The verbs of a member. Each is one unit of work and returns the member's id. */
export class MemberService {
  readonly #work: UnitOfWork
  readonly #database: Database

  constructor(work: UnitOfWork, database: Database) {
    this.#work = work
    this.#database = database
  }

  /** Gives a person a seat in the own party. The seat is taken when the invitation is accepted. */
  invite(viewer: Actor, act: Act, input: { id: string; email: string } & MemberTerms): Promise<string> {
    return this.#work.run(viewer, act, async (unit) => {
      if (!administers(viewer)) throw new NotAllowed('ROLE')
      const [person] = await unit.transaction.$queryRaw<{ id: string }[]>`select person_for(${input.email}, ${input.name}) as id`
      if (!person) throw new Error('no person was made')
      const seated = await unit.transaction.member.findFirst({
        where: { collaborationId: viewer.collaborationId, personId: person.id, removedAt: null },
      })
      if (seated) throw new InvalidInput([{ field: 'email', code: 'TAKEN' }])
      const member = await unit.transaction.member.create({
        data: {
          id: mintedId(viewer, input.id),
          collaborationId: viewer.collaborationId,
          partyId: viewer.partyId,
          personId: person.id,
          name: input.name,
          title: input.title,
          roles: [...input.roles],
        },
      })
      await replaceMandates(unit, member, input.mandates)
      await unit.record('member.invited', member, differences(NOBODY, { ...input, mandates: input.mandates }))
      return member.id
    })
  }

  /** A link by which the invited person takes the seat: shown once, replaced when asked for again. */
  async openInvitation(viewer: Actor, memberId: string): Promise<string> {
    const token = randomBytes(32).toString('base64url')
    const hash = createHash('sha256').update(token).digest()
    const ends = new Date(Date.now() + INVITATION_DAYS * 24 * 60 * 60 * 1_000)
    await this.#database.write(
      viewer,
      (transaction) => transaction.$executeRaw`select invitation_open(${hash}, ${memberId}::uuid, ${ends})`,
    )
    return token
  }

  change(viewer: Actor, act: Act, id: string, baseVersion: number, wanted: Partial<MemberTerms>): Promise<string> {
    return this.#work.run(viewer, act, async (unit) => {
      const before = await lock(unit, id)
      may(memberPolicy, viewer, 'change', before)
      if (before.removedAt) throw new NotFound('id')
      const mandates = await unit.transaction.mandate.findMany({
        where: { memberId: id },
        orderBy: [{ kind: 'asc' }, { validFrom: 'asc' }],
      })
      const terms = { name: before.name, title: before.title, roles: before.roles, mandates }
      const changes = differences(terms, { ...terms, ...wanted })
      if (Object.keys(changes).length === 0) throw new Unchanged(id)
      await assertNoConflict(unit, before, baseVersion, changes)
      if (wanted.roles && !wanted.roles.includes('ADMIN')) await assertAnotherAdmin(unit, before)
      const after = await unit.transaction.member.update({
        where: { id },
        data: {
          version: before.version + 1,
          ...(wanted.name !== undefined && { name: wanted.name }),
          ...(wanted.title !== undefined && { title: wanted.title }),
          ...(wanted.roles && { roles: [...wanted.roles] }),
        },
      })
      if (wanted.mandates && 'mandates' in changes) await replaceMandates(unit, after, wanted.mandates)
      await unit.record('member.changed', after, changes)
      return id
    })
  }

  /** Takes the seat back: requests are refused at once, open pages within seconds. What the member did stays. */
  remove(viewer: Actor, act: Act, id: string): Promise<string> {
    return this.#work.run(viewer, act, async (unit) => {
      const before = await lock(unit, id)
      may(memberPolicy, viewer, 'remove', before)
      if (before.removedAt) throw new Unchanged(id)
      // Whom the operator removes, the operator can replace.
      if (viewer.memberId !== undefined) await assertAnotherAdmin(unit, before)
      // Any time will do: the database stamps its own.
      const after = await unit.transaction.member.update({
        where: { id },
        data: { version: before.version + 1, removedAt: before.invitedAt },
      })
      await unit.record('member.removed', after)
      return id
    })
  }
}

const NOBODY = { name: null, title: null, roles: [], mandates: [] }

interface Comparable {
  readonly name: string | null
  readonly title: string | null
  readonly roles: readonly MemberRole[]
  readonly mandates: readonly MandateTerms[]
}

/** The fields that differ. A mandate stands as `KIND from/to`, the end open until further notice. */
const differences = (from: Comparable, to: Comparable): Changes => {
  const plain = ({ name, title, roles, mandates }: Comparable) => ({
    name,
    title,
    roles: roles.toSorted(),
    mandates: mandates
      .map(
        ({ kind, validFrom, validTo }) =>
          `${kind} ${validFrom.toISOString().slice(0, 10)}/${validTo?.toISOString().slice(0, 10) ?? ''}`,
      )
      .toSorted(),
  })
  const [before, after] = [plain(from), plain(to)]
  const fields = ['name', 'title', 'roles', 'mandates'] as const
  return Object.fromEntries(
    fields
      .filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]))
      .map((field) => [field, { from: before[field], to: after[field] }]),
  )
}

const replaceMandates = async (unit: Unit, member: Member, mandates: readonly MandateTerms[]): Promise<void> => {
  await unit.transaction.mandate.deleteMany({ where: { memberId: member.id } })
  for (const mandate of mandates) {
    await unit.transaction.mandate.create({
      data: { ...mandate, id: crypto.randomUUID(), memberId: member.id, partyId: member.partyId },
    })
  }
}

/** A party never locks itself out: somebody who has taken the seat must be left to look after its people. */
const assertAnotherAdmin = async (unit: Unit, member: Member): Promise<void> => {
  if (!member.roles.includes('ADMIN')) return
  // Two admins who remove each other at once must meet here.
  await unit.transaction
    .$queryRaw`select id from member where party_id = ${member.partyId}::uuid and 'ADMIN' = any (roles) order by id for update`
  const others = await unit.transaction.member.count({
    where: { partyId: member.partyId, id: { not: member.id }, removedAt: null, joinedAt: { not: null }, roles: { has: 'ADMIN' } },
  })
  if (others === 0) throw new NotAllowed('LAST_ADMIN')
}

/** Locks what is the own party's to change; other parties' members are only looked at, to refuse with the right reason. */
const lock = async (unit: Unit, id: string): Promise<Member> => {
  await unit.transaction.$queryRaw`select id from member where id = ${id}::uuid for update`
  const member = await unit.transaction.member.findUnique({ where: { id } })
  if (!member) throw new NotFound('id')
  return member
}
