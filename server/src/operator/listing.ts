import type { Collaboration, Member, Organisation, Party, Person } from '@samsyn/prisma/client'
import { collaborationBy } from './collaborations.ts'
import type { Command } from './command.ts'

type Whole = Collaboration & { parties: (Party & { organisation: Organisation; members: (Member & { person: Person })[] })[] }

export const list: Command = {
  name: 'list',
  about: 'Shows collaborations, their parties and their members.',
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
            },
          },
        },
      }),
    )
    if (collaborations.length === 0) return ['There is no collaboration yet. Open one with "samsyn collaboration open".']
    return collaborations.flatMap((collaboration, index) => [...(index > 0 ? [''] : []), ...lines(collaboration)])
  },
}

const day = (instant: Date): string => instant.toISOString().slice(0, 10)

const lines = ({ name, slug, timeZone, createdAt, parties }: Whole): string[] => [
  `${name} (${slug}, ${timeZone}), opened ${day(createdAt)}`,
  ...(parties.length === 0 ? ['  No party has been admitted yet.'] : []),
  ...parties.flatMap(({ mark, name: party, role, organisation, members }) => [
    `  ${mark.padEnd(2)}  ${party}, ${role.toLowerCase()}: ${organisation.name}${organisation.municipalityCode ? ` (${organisation.municipalityCode})` : ''}`,
    ...(members.length === 0 ? ['        Nobody has been invited yet.'] : []),
    ...members.map(
      ({ name: member, title, person, roles, joinedAt, invitedAt }) =>
        `        ${member} <${person.email}>, ${title}: ${roles.map((one) => one.toLowerCase()).join(', ')}; ${joinedAt ? `joined ${day(joinedAt)}` : `invited ${day(invitedAt)}, not yet joined`}`,
    ),
  ]),
]
