import type { Collaboration } from '@samsyn/prisma/client'
import { InputCheck } from '../graph/input.ts'
import { type Command, type Deed, Failure, WrongUsage } from './command.ts'
import type { Installation } from './installation.ts'

/** The collaboration that a command names. */
export const collaborationBy = async ({ owner }: Installation, slug: string): Promise<Collaboration> => {
  const found = await owner.read(undefined, (transaction) => transaction.collaboration.findUnique({ where: { slug } }))
  if (!found) throw new Failure(`There is no collaboration "${slug}". "samsyn list" shows those there are.`)
  return found
}

const isTimeZone = (name: string): boolean => Intl.supportedValuesOf('timeZone').includes(name)

/** Nobody can read a collaboration without parties, so nobody is told: its first entry is the admission of its first party. */
export const openCollaboration: Command = {
  name: 'collaboration open',
  about: 'Opens a collaboration: one agreement and those who work under it.',
  more: 'Opening it again under the same name changes nothing.',
  options: {
    slug: { value: '<slug>', about: 'its name in addresses: lower case letters a-z, digits and hyphens', required: true },
    name: { value: '<name>', about: "full name in the parties' own words", required: true },
    purpose: { value: '<text>', about: 'what the parties have agreed to do together, in a sentence or two' },
    'time-zone': { value: '<zone>', about: 'where due dates are counted; Europe/Stockholm unless given' },
  },
  prepare: (given) => {
    const check = new InputCheck()
    const slug = given.text('slug')
    const name = check.text('name', given.text('name'), { least: 1, most: 200 })
    const purpose = check.text('purpose', given.text('purpose'), { most: 2_000 })
    const timeZone = given.maybe('time-zone') ?? 'Europe/Stockholm'
    const problems = []
    if (!/^(?=.{1,60}$)[a-z0-9]+(-[a-z0-9]+)*$/.test(slug))
      problems.push(`--slug is "${slug}": at most 60 lower case letters a-z, digits and single hyphens between them are needed`)
    if (!isTimeZone(timeZone)) problems.push(`--time-zone is "${timeZone}": an IANA zone such as Europe/Stockholm is needed`)
    if (problems.length > 0) throw new WrongUsage(problems, openCollaboration)
    check.done()
    return open({ slug, name, purpose, timeZone })
  },
}

const open =
  ({ slug, name, purpose, timeZone }: Pick<Collaboration, 'slug' | 'name' | 'purpose' | 'timeZone'>): Deed =>
  async ({ owner }) => {
    const opened = await owner.write(
      undefined,
      (transaction) => transaction.$executeRaw`
        insert into collaboration (id, slug, name, purpose, time_zone) values (gen_random_uuid(), ${slug}, ${name}, ${purpose}, ${timeZone})
        on conflict (slug) do nothing`,
    )
    if (opened) return [`Opened ${name} (${slug}). Admit its parties with "samsyn party admit".`]
    const there = await owner.read(undefined, (transaction) => transaction.collaboration.findUniqueOrThrow({ where: { slug } }))
    if (there.name !== name) throw new Failure(`The slug "${slug}" belongs to "${there.name}". Nothing was changed.`)
    return [`${name} (${slug}) is open already. Nothing was changed.`]
  }
