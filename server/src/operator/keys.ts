import { randomUUID } from 'node:crypto'
import type { ApiKey } from '@samsyn/prisma/client'
import { InputCheck } from '../graph/input.ts'
import { checkKey, MOST_DAYS, USUAL_DAYS } from '../keys/keys.service.ts'
import { collaborationBy } from './collaborations.ts'
import { type Command, Failure, WrongUsage } from './command.ts'
import type { Installation } from './installation.ts'
import { actOf, operatorFor } from './members.ts'
import { partyBy } from './parties.ts'

const place = {
  collaboration: { value: '<slug>', about: 'the collaboration', required: true },
  party: { value: '<name>', about: 'the party, by name or mark', required: true },
  name: { value: '<name>', about: 'what the key is called: the program that it is for', required: true },
} as const

export const createKey: Command = {
  name: 'key create',
  about: 'Gives a program a way in for a party, to read; prints the key. The party is told.',
  more: 'The key is shown this once: only its SHA-256 is kept. With it a program follows along over GraphQL (see examples/).',
  options: { ...place, days: { value: '<n>', about: `how long it holds, 1 to ${MOST_DAYS}; ${USUAL_DAYS} unless given` } },
  prepare: (given) => {
    const days = given.maybe('days') ?? String(USUAL_DAYS)
    if (!/^\d{1,3}$/.test(days) || Number(days) < 1 || Number(days) > MOST_DAYS)
      throw new WrongUsage([`--days is "${days}": a number from 1 to ${MOST_DAYS} is needed`], createKey)
    const check = new InputCheck()
    const terms = checkKey(check, { name: given.text('name'), days: Number(days) })
    check.done()
    return async (installation) => {
      const collaboration = await collaborationBy(installation, given.text('collaboration'))
      const party = await partyBy(installation, collaboration.id, given.text('party'))
      if ((await keysBy(installation, party.id, terms.name)).length > 0)
        throw new Failure(`${party.name} has a key "${terms.name}" already. Revoke it first, or choose another name.`)
      const actor = operatorFor(collaboration.id, party.id)
      const { secret } = await installation.keys.make(actor, actOf('makeKey'), { id: randomUUID(), ...terms })
      return [
        `Made the key "${terms.name}" for ${party.name} in ${collaboration.name}. It reads what ${party.name} reads, for ${terms.days} days.`,
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
