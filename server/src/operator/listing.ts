import type { ApiKey, Collaboration, Member, Organisation, Party, Person } from '@samsyn/prisma/client'
import { collaborationBy } from './collaborations.ts'
import type { Command } from './command.ts'
import { reading } from './keys.ts'

type Whole = Collaboration & {
  parties: (Party & { organisation: Organisation; members: (Member & { person: Person })[]; keys: ApiKey[] })[]
}

export const list: Command = {
  name: 'list',
  about: 'Shows collaborations, their parties, members and API keys.',
  options: { collaboration: { value: '<slug>', about: 'only this one' } },
  prepare: (given) => async (installation) => {
    const slug = given.maybe('collaboration')
    if (slug !== undefined) await collaborationBy(installation, slug)
    const collaborations = await installation.owner.read(undefined, (transaction) =>
      transaction.collaboration.findMany({
        where: slug === undefined ? {} : { slug },
        orderBy: { name: 'asc' },
        include: {
          parties: {
            where: { leftAt: null },
            orderBy: { ordinal: 'asc' },
            include: {
              organisation: true,
              members: { where: { removedAt: null }, orderBy: { name: 'asc' }, include: { person: true } },
              keys: { where: { revokedAt: null }, orderBy: [{ name: 'asc' }, { madeAt: 'asc' }] },
            },
          },
        },
      }),
    )
    const now = new Date()
    if (collaborations.length === 0) return ['There is no collaboration yet. Open one with "samsyn collaboration open".']
    return collaborations.flatMap((collaboration, index) => [...(index > 0 ? [''] : []), ...lines(collaboration, now)])
  },
}

const day = (instant: Date): string => instant.toISOString().slice(0, 10)

const minute = (instant: Date): string => instant.toISOString().slice(0, 16).replace('T', ' ')

const lines = ({ name, slug, timeZone, createdAt, parties }: Whole, now: Date): string[] => [
  `${name} (${slug}, ${timeZone}), opened ${day(createdAt)}`,
  ...(parties.length === 0 ? ['  No party has been admitted yet.'] : []),
  ...parties.flatMap(({ mark, name: party, role, organisation, members, keys }) => [
    `  ${mark.padEnd(2)}  ${party}, ${role.toLowerCase()}: ${organisation.name}${organisation.municipalityCode ? ` (${organisation.municipalityCode})` : ''}`,
    ...(members.length === 0 ? ['        Nobody has been invited yet.'] : []),
    ...members.map(
      ({ name: member, title, person, roles, joinedAt, invitedAt }) =>
        `        ${member} <${person.email}>, ${title}: ${roles.map((one) => one.toLowerCase()).join(', ')}; ${joinedAt ? `joined ${day(joinedAt)}` : `invited ${day(invitedAt)}, not yet joined`}`,
    ),
    ...keys.map(
      ({ name: program, slices, expiresAt, lastUsedAt, formerUntil }) =>
        `        key "${program}", reads ${reading(slices)}, ${expiresAt > now ? 'expires' : 'expired'} ${day(expiresAt)}; ${lastUsedAt ? `last used ${day(lastUsedAt)}` : 'never used'}${formerUntil && formerUntil > now ? `; the former secret works until ${minute(formerUntil)} UTC` : ''}`,
    ),
  ]),
]
