import { randomUUID } from 'node:crypto'
import type { OrganisationKind, Party, PartyRole } from '@samsyn/prisma/client'
import { SLICES } from '../access/slices.ts'
import type { Transaction } from '../data/database.ts'
import { InputCheck } from '../graph/input.ts'
import type { Act } from '../journal/work.ts'
import { collaborationBy } from './collaborations.ts'
import { type Command, type Deed, Failure, type Given, WrongUsage } from './command.ts'
import type { Installation } from './installation.ts'

const ROLES: readonly PartyRole[] = ['SIGNATORY', 'ASSOCIATE', 'GUEST']
const KINDS: readonly OrganisationKind[] = ['MUNICIPALITY', 'POLICE', 'REGION', 'BUSINESS']
const words = (values: readonly string[]): string => values.map((value) => value.toLowerCase()).join('|')

/** The party that a command names, by name or mark. */
export const partyBy = async ({ owner }: Installation, collaborationId: string, named: string): Promise<Party> => {
  const parties = await owner.read(undefined, (transaction) =>
    transaction.party.findMany({ where: { collaborationId, leftAt: null }, orderBy: { ordinal: 'asc' } }),
  )
  const same = (one: string) => one.toLowerCase() === named.toLowerCase()
  const found = parties.find(({ name }) => same(name)) ?? parties.find(({ mark }) => same(mark))
  if (found) return found
  const there = parties.length > 0 ? `There are ${parties.map(({ name }) => name).join(', ')}.` : 'None has been admitted.'
  throw new Failure(`There is no party "${named}" in this collaboration. ${there}`)
}

interface Terms {
  readonly name: string
  readonly mark: string
  readonly role: PartyRole
  readonly organisation: { readonly name: string; readonly kind: OrganisationKind; readonly municipalityCode: string | null }
}

/**
 * As the owner: no application role may decide who sits at the table. The database makes the party's stream and lets it read what
 * is joint (see `party_admitted` in the migrations); the entry goes to all parties, with nobody's member as its actor.
 */
export const admitParty: Command = {
  name: 'party admit',
  about: 'Gives an organisation a seat at the table. All parties are told.',
  more: 'From now on the party reads all tasks that are joint (a guest does not), though not what was said about them before.',
  options: {
    collaboration: { value: '<slug>', about: 'the collaboration', required: true },
    name: { value: '<name>', about: 'name shown in lists, for example Torsby', required: true },
    mark: { value: '<letters>', about: 'one or two capital letters that mark the party beside its colour', required: true },
    role: { value: words(ROLES), about: 'how it takes part; signatory unless given' },
    organisation: { value: '<name>', about: 'official name of the organisation, for example Torsby kommun; --name unless given' },
    kind: { value: words(KINDS), about: 'what the organisation is; needed without --municipality-code' },
    'municipality-code': { value: '<code>', about: 'four digits by Statistics Sweden: Torsby is 1737' },
  },
  prepare: (given) => admit(given.text('collaboration'), termsOf(given)),
}

const admit =
  (slug: string, terms: Terms): Deed =>
  async (installation) => {
    const collaboration = await collaborationBy(installation, slug)
    const id = randomUUID()
    const actor = { memberId: undefined, partyId: id, collaborationId: collaboration.id, roles: [], slices: SLICES }
    const act: Act = { name: 'admitParty', key: undefined, input: terms }
    const seated = await installation.ownersWork.run(actor, act, async (unit) => {
      const { transaction } = unit
      // Two admissions at once take their seats one after the other.
      await transaction.$queryRaw`select id from collaboration where id = ${collaboration.id}::uuid for update`
      const organisation = await organisationFor(transaction, terms)
      const parties = await transaction.party.findMany({ where: { collaborationId: collaboration.id } })
      const there = parties.find(({ organisationId }) => organisationId === organisation)
      if (there) return already(there, terms)
      assertDistinct(parties, terms)
      await transaction.party.create({
        data: {
          id,
          collaborationId: collaboration.id,
          organisationId: organisation,
          name: terms.name,
          mark: terms.mark,
          role: terms.role,
          ordinal: Math.max(0, ...parties.map(({ ordinal }) => ordinal)) + 1,
        },
      })
      const changes = { name: { from: null, to: terms.name }, role: { from: null, to: terms.role } }
      await unit.record('party.admitted', { id, version: 1, readers: [] }, changes)
      return id
    })
    if (seated !== id) return [`${terms.name} is a party of ${collaboration.name} already. Nothing was changed.`]
    return [`Admitted ${terms.name} to ${collaboration.name}. Invite its people with "samsyn member invite".`]
  }

const termsOf = (given: Given): Terms => {
  const problems: string[] = []
  const oneOf = <Value extends string>(
    option: string,
    values: readonly Value[],
    fallback: Value | undefined,
  ): Value | undefined => {
    const word = given.maybe(option)
    const value = word === undefined ? fallback : values.find((candidate) => candidate.toLowerCase() === word.toLowerCase())
    if (value === undefined && word !== undefined) problems.push(`--${option} is "${word}": one of ${words(values)} is needed`)
    return value
  }
  const mark = given.text('mark')
  if (!/^\p{Lu}{1,2}$/u.test(mark)) problems.push(`--mark is "${mark}": one or two capital letters are needed`)
  const municipalityCode = given.maybe('municipality-code') ?? null
  if (municipalityCode !== null && !/^\d{4}$/.test(municipalityCode))
    problems.push(`--municipality-code is "${municipalityCode}": four digits are needed`)
  const role = oneOf('role', ROLES, 'SIGNATORY')
  const kind = oneOf('kind', KINDS, municipalityCode === null ? undefined : 'MUNICIPALITY')
  if (kind === undefined && given.maybe('kind') === undefined) problems.push('--kind is missing, or --municipality-code')
  if (kind !== undefined && kind !== 'MUNICIPALITY' && municipalityCode !== null)
    problems.push(`--municipality-code is only for municipalities, and --kind is ${kind.toLowerCase()}`)
  if (problems.length > 0 || role === undefined || kind === undefined) throw new WrongUsage(problems, admitParty)
  const check = new InputCheck()
  const name = check.text('name', given.text('name'), { least: 1, most: 100 })
  const organisation = check.text('organisation', given.maybe('organisation') ?? name, { least: 1, most: 200 })
  check.done()
  return { name, mark, role, organisation: { name: organisation, kind, municipalityCode } }
}

/** The organisation is one in the world: by its code, or by name and kind, it may hold seats elsewhere already. */
const organisationFor = async (transaction: Transaction, { organisation }: Terms): Promise<string> => {
  const { name, kind, municipalityCode } = organisation
  const found = await transaction.organisation.findFirst({
    where: municipalityCode === null ? { name, kind } : { municipalityCode },
  })
  if (found) return found.id
  const id = randomUUID()
  await transaction.organisation.create({ data: { id, name, kind, municipalityCode } })
  return id
}

const already = (there: Party, terms: Terms): string => {
  if (there.leftAt) throw new Failure(`${there.name} has left this collaboration, and cannot be admitted again.`)
  if (there.name !== terms.name || there.mark !== terms.mark || there.role !== terms.role)
    throw new Failure(
      `The organisation is a party already, as ${there.name} (${there.mark}, ${there.role.toLowerCase()}). Nothing was changed.`,
    )
  return there.id
}

/** People tell parties apart by name and mark, and so do these commands. */
const assertDistinct = (parties: readonly Party[], { name, mark }: Terms): void => {
  const same = parties.find((party) => party.name.toLowerCase() === name.toLowerCase())
  if (same) throw new Failure(`Another organisation is a party by the name ${same.name}. Nothing was changed.`)
  const marked = parties.find((party) => party.mark === mark)
  if (marked) throw new Failure(`The mark ${mark} is that of ${marked.name}. Nothing was changed.`)
}
