import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type pg from 'pg'
import type { Canary, Ledger, PartyKey, Reader } from './ledger.ts'

// Two collaborations, seated as an operator does: one with two signatories, an associate and a guest, one with two
// signatories, of whom one is an organisation that sits in the first as well. Every party has one member of each role.

const ROLES = ['COORDINATOR', 'CONTRIBUTOR', 'OBSERVER', 'ADMIN'] as const
export type Role = (typeof ROLES)[number]

export interface Seating {
  readonly key: PartyKey
  readonly id: string
  readonly collaboration: string
  readonly slug: string
  readonly role: 'SIGNATORY' | 'ASSOCIATE' | 'GUEST'
}

/** Somebody who asks: a session, or none, and the collaboration that their requests name. */
export interface Player extends Reader {
  readonly name: string
  readonly role: Role | undefined
  readonly token: string | undefined
  /** A program's key; it has no session. */
  readonly key?: string
  readonly slug: string
}

export interface Cast {
  readonly parties: ReadonlyMap<PartyKey, Seating>
  /** Everybody, one of each role per party first. */
  readonly players: readonly Player[]
  readonly player: (party: PartyKey, role: Role) => Player
  /** Addresses that calendars fetch from, and as whose party. */
  readonly calendars: { url: string; party: PartyKey | undefined }[]
  /** Lets somebody in who was not there from the beginning: a program, when its key has been made. */
  readonly join: (player: Player) => void
  /** The one whose seat the story takes back. */
  readonly leaver: { readonly memberId: string }
}

const FIRST = ['A', 'B', 'C', 'G'] as const
const SECOND = ['X', 'Y'] as const
const KINDS = { A: 'SIGNATORY', B: 'SIGNATORY', C: 'ASSOCIATE', G: 'GUEST', X: 'SIGNATORY', Y: 'SIGNATORY' } as const

export const seat = async (client: pg.Client, ledger: Ledger): Promise<Cast> => {
  const organisations = new Map<string, string>()
  const parties = new Map<PartyKey, Seating>()
  const players: Player[] = []

  const organise = async (keys: readonly (keyof typeof KINDS)[]) => {
    for (const key of keys) {
      // X is A's organisation: what it is called is known in both collaborations.
      const id = key === 'X' ? organisations.get('A') : randomUUID()
      if (!id) throw new Error('A is organised before X')
      organisations.set(key, id)
      if (key === 'X') continue
      const known = key === 'A' ? [...FIRST, ...SECOND] : keys
      const code = ledger.text('organisation.municipality_code', key, known)
      await client.query(`insert into organisation (id, name, kind, municipality_code) values ($1, $2, 'MUNICIPALITY', $3)`, [
        id,
        ledger.text('organisation.name', key, known),
        code,
      ])
    }
  }

  const open = async (keys: readonly (keyof typeof KINDS)[]) => {
    const collaboration = randomUUID()
    const slug = ledger.text('collaboration.slug', keys[0] ?? '', keys)
    const name = ledger.text('collaboration.name', keys[0] ?? '', keys)
    await client.query('insert into collaboration (id, slug, name, purpose, time_zone) values ($1, $2, $3, $4, $5)', [
      collaboration,
      slug,
      name,
      ledger.text('collaboration.purpose', keys[0] ?? '', keys),
      'Europe/Stockholm',
    ])
    const names = new Map<PartyKey, string>()
    for (const [index, key] of keys.entries()) {
      const seating: Seating = { key, id: randomUUID(), collaboration, slug, role: KINDS[key] }
      names.set(key, ledger.text('party.name', key, keys))
      await client.query(
        'insert into party (id, collaboration_id, organisation_id, name, mark, ordinal, role) values ($1, $2, $3, $4, $5, $6, $7)',
        [
          seating.id,
          collaboration,
          organisations.get(key),
          names.get(key),
          ledger.text('party.mark', key, keys),
          index + 1,
          seating.role,
        ],
      )
      parties.set(key, seating)
    }
    return { collaboration, slug, name, names, keys }
  }

  const person = async (knownTo: readonly PartyKey[]): Promise<string> => {
    const id = randomUUID()
    const [owner = ''] = knownTo
    const email = `${ledger.text('person.email', owner, knownTo, knownTo.length > 0)}@hem.example`
    await client.query('insert into person (id, email, name) values ($1, $2, $3)', [
      id,
      email,
      ledger.text('person.name', owner, knownTo, knownTo.length > 0),
    ])
    return id
  }

  const member = async (key: PartyKey, personId: string, role: Role): Promise<string> => {
    const seating = parties.get(key)
    if (!seating) throw new Error(`no party ${key}`)
    const peers = [...parties.values()]
      .filter(({ collaboration }) => collaboration === seating.collaboration)
      .map((peer) => peer.key)
    const id = randomUUID()
    await client.query(
      'insert into member (id, collaboration_id, party_id, person_id, name, title, roles, joined_at) values ($1, $2, $3, $4, $5, $6, $7, now())',
      [
        id,
        seating.collaboration,
        seating.id,
        personId,
        ledger.text('member.name', key, peers),
        ledger.text('member.title', key, peers),
        [role],
      ],
    )
    for (const kind of ['SIGN', 'VOTE'])
      await client.query(
        `insert into mandate (id, member_id, party_id, kind, valid_from) values ($1, $2, $3, $4, '2026-01-01')`,
        [randomUUID(), id, seating.id, kind],
      )
    return id
  }

  const signIn = async (personId: string): Promise<string> => {
    const token = randomBytes(32).toString('base64url')
    const hash = createHash('sha256').update(token).digest()
    await client.query(`insert into session (token_hash, person_id, expires_at) values ($1, $2, now() + interval '12 hours')`, [
      hash,
      personId,
    ])
    return token
  }

  await organise(FIRST)
  await organise(SECOND)
  const first = await open(FIRST)
  const second = await open(SECOND)

  for (const seating of parties.values()) {
    for (const role of ROLES) {
      const personId = await person([seating.key])
      const memberId = await member(seating.key, personId, role)
      players.push({
        name: `${seating.key} ${role}`,
        party: seating.key,
        role,
        memberId,
        token: await signIn(personId),
        slug: seating.slug,
        knows: new Set(),
      })
    }
  }

  // One person with a seat in each: sees by the seat that the request names, and knows what the other one is called.
  const both = await person(['A', 'Y'])
  const seats = { A: await member('A', both, 'CONTRIBUTOR'), Y: await member('Y', both, 'OBSERVER') }
  const token = await signIn(both)
  const names = ({ slug, name, names: ofParties }: typeof first, key: PartyKey) =>
    new Set<Canary>([slug, name, ofParties.get(key) ?? ''].map((word) => ledger.of(word)))
  ledger.know(seats.A, { kind: 'seat', owner: 'A', seenBy: new Set(first.keys), reachable: true })
  ledger.know(seats.Y, { kind: 'seat', owner: 'Y', seenBy: new Set(second.keys), reachable: true })
  const knowsOf = (place: typeof first, key: 'A' | 'Y') => new Set<Canary>([...names(place, key), ledger.of(seats[key])])
  const collaborationOf = (place: typeof first) => {
    const canary: Canary = { kind: 'collaboration id', owner: place.keys[0] ?? '', seenBy: new Set(place.keys), reachable: true }
    ledger.know(place.collaboration, canary)
    return canary
  }
  const [ofFirst, ofSecond] = [collaborationOf(first), collaborationOf(second)]
  players.push({
    name: 'A, also seated as Y',
    party: 'A',
    role: 'CONTRIBUTOR',
    memberId: seats.A,
    token,
    slug: first.slug,
    knows: knowsOf(second, 'Y').add(ofSecond),
  })
  players.push({
    name: 'Y, also seated as A',
    party: 'Y',
    role: 'OBSERVER',
    memberId: seats.Y,
    token,
    slug: second.slug,
    knows: knowsOf(first, 'A').add(ofFirst),
  })

  const left = await person([])
  const leaver = { memberId: await member('A', left, 'COORDINATOR') }
  players.push({
    name: 'removed from A',
    party: undefined,
    role: undefined,
    memberId: undefined,
    token: await signIn(left),
    slug: first.slug,
    knows: new Set(),
  })

  const knocker = players.find(({ party, role }) => party === 'X' && role === 'COORDINATOR')
  if (!knocker) throw new Error('X has a coordinator')
  players.push({ ...knocker, name: 'X at the first collaboration', role: undefined, slug: first.slug })
  players.push({
    name: 'nobody',
    party: undefined,
    role: undefined,
    memberId: undefined,
    token: undefined,
    slug: first.slug,
    knows: new Set(),
  })

  return {
    parties,
    players,
    leaver,
    calendars: [],
    join: (player) => void players.push(player),
    player: (party, role) => {
      const found = players.find((candidate) => candidate.party === party && candidate.role === role)
      if (!found) throw new Error(`nobody of ${party} is ${role}`)
      return found
    },
  }
}
