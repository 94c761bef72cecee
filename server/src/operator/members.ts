import { randomUUID } from 'node:crypto'
import type { Member, MemberRole } from '@samsyn/prisma/client'
import { SLICES } from '../access/slices.ts'
import type { Actor } from '../access/viewer.ts'
import { InputCheck } from '../graph/input.ts'
import type { Act } from '../journal/work.ts'
import { collaborationBy } from './collaborations.ts'
import { type Command, type Deed, Failure, type Given, WrongUsage } from './command.ts'
import type { Installation } from './installation.ts'
import { partyBy } from './parties.ts'

const ROLES: readonly MemberRole[] = ['COORDINATOR', 'CONTRIBUTOR', 'OBSERVER', 'ADMIN']
const words = ROLES.map((role) => role.toLowerCase())

/** The operator looks after a party's people and keys as one of its own would, from no seat. */
export const operatorFor = (collaborationId: string, partyId: string): Actor => ({
  memberId: undefined,
  partyId,
  collaborationId,
  roles: ['ADMIN'],
  slices: SLICES,
})

export const actOf = (name: string): Act => ({ name, key: undefined, input: undefined })

/** The seat that the person behind an address holds in the collaboration. */
const seatOf = ({ owner }: Installation, collaborationId: string, email: string): Promise<(Member & Seated) | null> =>
  owner.read(undefined, (transaction) =>
    transaction.member.findFirst({
      where: { collaborationId, removedAt: null, person: { email } },
      include: { party: { select: { name: true } } },
    }),
  )
type Seated = { party: { name: string } }

export const inviteMember: Command = {
  name: 'member invite',
  about: 'Gives a person a seat in a party, and prints the link to hand over. All parties are told.',
  more: `The link is valid for 14 days and works once. To make a new one, invite again: the one before ends.
The first person of a party is best its admin as well (--role coordinator --role admin), to invite the others in Samsyn.`,
  options: {
    collaboration: { value: '<slug>', about: 'the collaboration', required: true },
    party: { value: '<name>', about: 'the party, by name or mark', required: true },
    name: { value: '<name>', about: "the person's name", required: true },
    email: { value: '<address>', about: 'address used to sign in', required: true },
    title: { value: '<title>', about: 'function in the own organisation, for example kommunpolis', required: true },
    role: { value: words.join('|'), about: 'what the person may do; may be given several times', required: true, several: true },
  },
  prepare: (given) => {
    const roles = rolesOf(given)
    const check = new InputCheck()
    const email = check.email('email', given.text('email'))
    const name = check.text('name', given.text('name'), { least: 1, most: 100 })
    const title = check.text('title', given.text('title'), { least: 1, most: 100 })
    check.done()
    return invite(given.text('collaboration'), given.text('party'), { email, name, title, roles })
  },
}

interface Terms {
  readonly email: string
  readonly name: string
  readonly title: string
  readonly roles: readonly MemberRole[]
}

const invite =
  (slug: string, partyNamed: string, terms: Terms): Deed =>
  async (installation) => {
    const { email, name } = terms
    const origin = publicOrigin(installation)
    const collaboration = await collaborationBy(installation, slug)
    const party = await partyBy(installation, collaboration.id, partyNamed)
    const actor = operatorFor(collaboration.id, party.id)

    const seat = await seatOf(installation, collaboration.id, email)
    if (seat && seat.partyId !== party.id)
      throw new Failure(`${seat.name} has a seat in ${seat.party.name}, and a person has one at a time in a collaboration.`)
    if (seat?.joinedAt) return [`${seat.name} has taken the seat in ${party.name} already. Nothing was changed.`]
    const id =
      seat?.id ??
      (await installation.members.invite(actor, actOf('inviteMember'), {
        id: randomUUID(),
        ...terms,
        mandates: [],
      }))
    const token = await installation.members.openInvitation(actor, id)
    return [
      seat
        ? `${seat.name} was invited to ${party.name} before. This link takes the place of the one before:`
        : `Invited ${name} to ${party.name} in ${collaboration.name}. Hand over this link, valid for 14 days:`,
      `${origin}/invitation?token=${token}`,
    ]
  }

export const removeMember: Command = {
  name: 'member remove',
  about: 'Takes a seat back: refused at the next request, open pages close within seconds. All parties are told.',
  more: 'What the member did stays.',
  options: {
    collaboration: { value: '<slug>', about: 'the collaboration', required: true },
    email: { value: '<address>', about: "the person's address", required: true },
  },
  prepare: (given) => async (installation) => {
    const collaboration = await collaborationBy(installation, given.text('collaboration'))
    const email = given.text('email').trim().toLowerCase()
    const seat = await seatOf(installation, collaboration.id, email)
    if (!seat) throw new Failure(`Nobody with the address ${email} has a seat in ${collaboration.name}.`)
    await installation.members.remove(operatorFor(collaboration.id, seat.partyId), actOf('removeMember'), seat.id)
    return [`${seat.name} no longer has a seat in ${seat.party.name}.`]
  },
}

const rolesOf = (given: Given): MemberRole[] => {
  const roles = given.all('role').map((word) => ROLES.find((role) => role.toLowerCase() === word.toLowerCase()) ?? word)
  const known = roles.filter((role): role is MemberRole => ROLES.some((one) => one === role))
  const unknown = roles.filter((role) => !ROLES.some((one) => one === role))
  if (unknown.length > 0)
    throw new WrongUsage(
      unknown.map((word) => `--role is "${word}": one of ${words.join('|')} is needed`),
      inviteMember,
    )
  return [...new Set(known)]
}

/** Where people reach the server. The settings demand an origin for any server that others than this machine can reach. */
const publicOrigin = ({ config }: Installation): string => {
  if (config.origin !== undefined) return config.origin
  if (config.port === 0) throw new Failure('The link needs an address: set ORIGIN_URL or PORT as the server has it.')
  return `http://localhost:${config.port}`
}
