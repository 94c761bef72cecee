import type { EventKind } from '../../server/src/journal/registry.ts'
import { uuidOf, type Actor } from '../world/actor.ts'
import { act, type Done, type Input, type Verb } from '../world/acts.ts'
import type { World } from '../world/world.ts'
import type { Chance } from './chance.ts'

/** How a kind of event is brought about: once, if chance and the roles of whoever tries allow it. */
export type Doing = (stage: Stage) => Promise<unknown>
export type Doings = Partial<Record<EventKind, Doing>>

export interface Thing {
  readonly id: string
  readonly party: string
  readonly version: number
  readonly readers: readonly string[]
  /** Whose it is, where it is somebody's. */
  readonly member: string | null
}

const MEMBERS = {
  task: 'created_by_id',
  comment: 'author_id',
  file: 'attached_by_id',
  proposal: 'author_id',
  member: 'id',
} as const

/** Where it all happens: who is there, what there is, and who tries what. */
export class Stage {
  readonly world: World
  readonly chance: Chance
  /** One of each party who stays as they are, so that something can always be done. */
  readonly leads: readonly Actor[]
  /** Those under whose open pages it happens: what only their parties read is to come often enough too. */
  readonly watched: readonly Actor[]
  /** Everybody, in whatever roles they have at the moment. */
  readonly people: Actor[]
  /** Links that nobody has followed yet. */
  readonly invitations: string[] = []
  /** How often somebody was refused, by the reason. */
  readonly refused = new Map<string, number>()
  readonly #parties = new Map<string, string>()

  constructor(world: World, chance: Chance, watched: readonly Actor[], leads: readonly Actor[], others: readonly Actor[]) {
    this.world = world
    this.chance = chance
    this.watched = watched
    this.leads = leads
    this.people = [...leads, ...others]
  }

  get slug(): string {
    return this.people[0]?.slug ?? ''
  }

  /** Where each member sits does not change: asked once. */
  async partyOf(actor: Actor): Promise<string> {
    const { memberId } = actor.seat
    const known = this.#parties.get(memberId)
    if (known !== undefined) return known
    const [row] = await this.world.sql<{ id: string }>('select party_id as id from member where id = $1', [memberId])
    this.#parties.set(memberId, row?.id ?? '')
    return row?.id ?? ''
  }

  /** Anybody at all, or mostly somebody whose it is: their member, or the lead of their party. */
  async somebody(thing?: Pick<Thing, 'party' | 'member'>): Promise<Actor> {
    if (!thing || this.chance.yes(0.25)) return this.chance.one(this.chance.yes() ? this.watched : this.people)
    const own = this.people.find(({ seat }) => seat.memberId === thing.member)
    if (own && this.chance.yes(0.7)) return own
    for (const lead of this.leads) if ((await this.partyOf(lead)) === thing.party) return lead
    return own ?? this.chance.one(this.people)
  }

  /** What is there of that kind, whoever may read it: what the one who tries may not read does not exist for them. */
  async thing(table: keyof typeof MEMBERS, where = 'true'): Promise<Thing | undefined> {
    const things = await this.world.sql<Thing>(
      `select id, party_id as party, version, readers, ${MEMBERS[table]} as member from ${table} where ${where} order by id`,
    )
    const watching = await Promise.all(this.watched.map((actor) => this.partyOf(actor)))
    const seen = things.filter(({ readers }) => readers.some((party) => watching.includes(party)))
    return this.chance.maybe(seen.length > 0 && this.chance.yes(0.8) ? seen : things)
  }

  /** Does it if that one may. */
  async tries(actor: Actor, verb: Verb, input: Input): Promise<Done['subject'] | undefined> {
    const outcome = await act(actor, verb, input)
    if (typeof outcome['message'] === 'string') {
      const why = `${outcome.__typename} ${typeof outcome['code'] === 'string' ? outcome['code'] : ''}`.trim()
      this.refused.set(why, (this.refused.get(why) ?? 0) + 1)
      return undefined
    }
    if (typeof outcome['invitationUrl'] === 'string') this.invitations.push(outcome['invitationUrl'])
    return Object.values(outcome).find((value): value is Done['subject'] => typeof value === 'object' && value !== null)
  }

  /** Removed people act no more. */
  leaves(memberId: string): void {
    const at = this.people.findIndex(({ seat }) => seat.memberId === uuidOf(memberId))
    if (at >= 0) this.people.splice(at, 1)
  }
}
