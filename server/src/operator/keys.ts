import { randomUUID } from 'node:crypto'
import type { ApiKey, Slice } from '@samsyn/prisma/client'
import { SLICES, slicesOf } from '../access/slices.ts'
import { InputCheck } from '../graph/input.ts'
import { checkKey, checkRotation, MOST_DAYS, MOST_OVERLAP_HOURS, USUAL_DAYS, USUAL_OVERLAP_HOURS } from '../keys/keys.service.ts'
import { collaborationBy } from './collaborations.ts'
import { type Command, Failure, type Given, WrongUsage } from './command.ts'
import type { Installation } from './installation.ts'
import { actOf, operatorFor } from './members.ts'
import { partyBy } from './parties.ts'

const words = SLICES.map((slice) => slice.toLowerCase())

/** What a key reads, in words. */
export const reading = (slices: readonly Slice[]): string =>
  slices.length === SLICES.length ? 'all' : ['parties', 'members', ...slices.map((slice) => slice.toLowerCase())].join(', ')

const place = {
  collaboration: { value: '<slug>', about: 'the collaboration', required: true },
  party: { value: '<name>', about: 'the party, by name or mark', required: true },
  name: { value: '<name>', about: 'what the key is called: the program that it is for', required: true },
} as const

export const createKey: Command = {
  name: 'key create',
  about: 'Gives a program a way in for a party, to read; prints the key. The party is told.',
  more: 'The key is shown this once: only its SHA-256 is kept. With it a program follows along over GraphQL (see examples/).',
  options: {
    ...place,
    days: { value: '<n>', about: `how long it holds, 1 to ${MOST_DAYS}; ${USUAL_DAYS} unless given` },
    slices: { value: '<list>', about: `what it reads: ${words.join(',')}, all unless given; parties and members always` },
  },
  prepare: (given) => {
    const days = numberOf(createKey, given, 'days', 1, MOST_DAYS) ?? USUAL_DAYS
    const check = new InputCheck()
    const asked = given.maybe('slices')?.split(',').filter(Boolean) ?? words
    const unknown = asked.find((word) => !words.includes(word))
    if (unknown !== undefined)
      throw new WrongUsage([`--slices is "${asked.join(',')}": any of ${words.join(',')} is needed`], createKey)
    const slices = slicesOf(asked.map((word) => word.toUpperCase()))
    const terms = checkKey(check, { name: given.text('name'), days, slices })
    check.done()
    return async (installation) => {
      const collaboration = await collaborationBy(installation, given.text('collaboration'))
      const party = await partyBy(installation, collaboration.id, given.text('party'))
      if ((await keysBy(installation, party.id, terms.name)).length > 0)
        throw new Failure(`${party.name} has a key "${terms.name}" already. Revoke it first, or choose another name.`)
      const actor = operatorFor(collaboration.id, party.id)
      const { secret } = await installation.keys.make(actor, actOf('makeKey'), { id: randomUUID(), ...terms })
      return [
        `Made the key "${terms.name}" for ${party.name} in ${collaboration.name}. It reads ${reading(terms.slices)} of what ${party.name} reads, for ${terms.days} days.`,
        'It is shown only now:',
        secret ?? '',
      ]
    }
  },
}

export const rotateKey: Command = {
  name: 'key rotate',
  about: 'Gives a key another secret, and prints it; the former goes on for a while. The party is told.',
  more: 'It stays the same key, with its name and its webhooks. The secret is shown this once: only its SHA-256 is kept.',
  options: {
    ...place,
    overlap: {
      value: '<hours>',
      about: `how long the former secret goes on, 0 to ${MOST_OVERLAP_HOURS}; ${USUAL_OVERLAP_HOURS} unless given`,
    },
    days: { value: '<n>', about: `how long the key holds from now on, 1 to ${MOST_DAYS}; as long as it would have unless given` },
  },
  prepare: (given) => {
    const check = new InputCheck()
    const rotation = checkRotation(check, {
      overlapHours: numberOf(rotateKey, given, 'overlap', 0, MOST_OVERLAP_HOURS) ?? USUAL_OVERLAP_HOURS,
      days: numberOf(rotateKey, given, 'days', 1, MOST_DAYS),
    })
    check.done()
    return async (installation) => {
      const collaboration = await collaborationBy(installation, given.text('collaboration'))
      const party = await partyBy(installation, collaboration.id, given.text('party'))
      const name = given.text('name')
      const now = new Date()
      const [key, ...others] = (await keysBy(installation, party.id, name)).filter(({ expiresAt }) => expiresAt > now)
      if (!key) throw new Failure(`${party.name} has no key "${name}" that holds.`)
      if (others.length > 0)
        throw new Failure(`${party.name} has several keys "${name}". Rotate the one that is meant in Samsyn.`)
      const actor = operatorFor(collaboration.id, party.id)
      const { secret } = await installation.keys.rotate(actor, actOf('rotateKey'), key.id, rotation)
      return [
        `The key "${name}" of ${party.name} has another secret. ${rotation.overlapHours === 0 ? 'The former opens nothing any more.' : `The former goes on for ${rotation.overlapHours} h, or until the key ends.`}`,
        'It is shown only now:',
        secret ?? '',
      ]
    }
  },
}

export const revokeKey: Command = {
  name: 'key revoke',
  about: 'Takes a key back: refused at the next request, open sockets close within seconds. The party is told.',
  options: place,
  prepare: (given) => async (installation) => {
    const collaboration = await collaborationBy(installation, given.text('collaboration'))
    const party = await partyBy(installation, collaboration.id, given.text('party'))
    const name = given.text('name')
    const keys = await keysBy(installation, party.id, name)
    if (keys.length === 0) throw new Failure(`${party.name} has no key "${name}".`)
    for (const { id } of keys) await installation.keys.revoke(operatorFor(collaboration.id, party.id), actOf('revokeKey'), id)
    return [`The key "${name}" of ${party.name} opens nothing any more.`]
  },
}

/** Keys of the party that are called so and have not been revoked. In Samsyn itself several may be called alike. */
const keysBy = ({ owner }: Installation, partyId: string, name: string): Promise<ApiKey[]> =>
  owner.read(undefined, (transaction) =>
    transaction.apiKey.findMany({ where: { partyId, revokedAt: null, name }, orderBy: { madeAt: 'asc' } }),
  )

const numberOf = (command: Command, given: Given, name: string, least: number, most: number): number | undefined => {
  const said = given.maybe(name)
  if (said === undefined) return undefined
  if (!/^\d{1,3}$/.test(said) || Number(said) < least || Number(said) > most)
    throw new WrongUsage([`--${name} is "${said}": a number from ${least} to ${most} is needed`], command)
  return Number(said)
}
