import { GraphQLError } from 'graphql'

/**
 * Guards: nobody takes so much of a server that nothing is left for the others, and what has ended is not counted.
 *
 * Counted here, on this server, are a person's open sockets, what that person follows over all of them and over HTTP, and
 * those who follow in a collaboration. A program counts as a person of its own: its key's. Whoever counts is given the one
 * way to stop counting, to be called whichever way it ends; calling it again does nothing.
 *
 * What may be open altogether, and on one socket, is the door's to say (`http/websocket.ts`).
 */
export interface Limits {
  /** Open sockets of one person. Each window of a page has one, and keeps a lost one for up to twenty seconds beside its next. */
  readonly socketsPerPerson: number
  /** What one person follows. A window follows two streams, so this is more than a person's sockets need, and little to a server. */
  readonly followedPerPerson: number
  /** Those who follow in one collaboration: as many as all sockets of a server make, were they windows of the same one. */
  readonly followersPerCollaboration: number
}

/** Who counts: whose session it is, or which key. */
export interface Counted {
  readonly session: { readonly personId: string } | undefined
  readonly program: { readonly keyId: string } | undefined
}

/** To be called when it has ended. */
export type Release = () => void

export class Bounds {
  readonly #limits: Limits
  readonly #sockets = new Tally()
  readonly #followed = new Tally()
  readonly #followers = new Tally()

  constructor(limits: Limits) {
    this.#limits = limits
  }

  /** One more socket; undefined when the person has too many. */
  open(who: Counted): Release | undefined {
    const person = personOf(who)
    return this.#sockets.of(person) < this.#limits.socketsPerPerson ? this.#sockets.count(person) : undefined
  }

  /** One more who follows, or why not. */
  follow(who: Counted, collaborationId: string): Release | GraphQLError {
    const person = personOf(who)
    const { followedPerPerson, followersPerCollaboration } = this.#limits
    if (this.#followed.of(person) >= followedPerPerson)
      return refusal('TOO_MANY_SUBSCRIPTIONS', `At most ${followedPerPerson} subscriptions at a time for one person`)
    if (this.#followers.of(collaborationId) >= followersPerCollaboration)
      return refusal('TOO_MANY_FOLLOWERS', `At most ${followersPerCollaboration} subscriptions at a time in one collaboration`)
    const releases = [this.#followed.count(person), this.#followers.count(collaborationId)]
    return () => releases.forEach((release) => release())
  }
}

const refusal = (code: string, message: string): GraphQLError => new GraphQLError(message, { extensions: { code } })

const personOf = (who: Counted): string => {
  const person = countedAs(who)
  if (person === undefined) throw new Error('nobody is not counted')
  return person
}

/** A key counts as a person; undefined for nobody. */
export const countedAs = ({ session, program }: Counted): string | undefined => program?.keyId ?? session?.personId

/** How many there are of each, of which most have none. */
class Tally {
  readonly #counts = new Map<string, number>()

  of(name: string): number {
    return this.#counts.get(name) ?? 0
  }

  count(name: string): Release {
    this.#counts.set(name, this.of(name) + 1)
    let over = false
    return () => {
      if (over) return
      over = true
      const left = this.of(name) - 1
      if (left > 0) this.#counts.set(name, left)
      else this.#counts.delete(name)
    }
  }
}
