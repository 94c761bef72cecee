import type { IncomingMessage } from 'node:http'
import type { Actor } from '../access/viewer.ts'
import type { Config } from '../config/config.ts'
import { sessionToken } from '../identity/cookies.ts'
import { endedKey, type Session, type Sessions } from '../identity/sessions.ts'
import { type Program, type Programs, shownBy } from '../keys/programs.ts'
import { originOf } from './request.ts'

/**
 * Guards: a cookie works for our own pages only, a key for programs only, and never one in the other's place.
 *
 * A browser sends its cookies along whatever page asks; that a request comes from one of ours is told by its Origin, so a
 * cookie without one is refused. A key is shown on purpose and needs no Origin; with a foreign one it is refused like
 * everything else. Whoever shows a key is that key's program, whatever cookie comes along.
 */
export interface Identified {
  readonly session: Session | undefined
  readonly program: Program | undefined
  readonly viewer: Actor | undefined
}

/** Why a key is not let in. A key that is unknown, revoked or expired is told of in the same words. */
export type KeyRefusal = 'INVALID_KEY' | 'OTHER_COLLABORATION'

const NOBODY: Identified = { session: undefined, program: undefined, viewer: undefined }

export class Callers {
  readonly #config: Config
  readonly #port: () => number
  readonly #sessions: Sessions
  readonly #programs: Programs

  constructor(config: Config, port: () => number, sessions: Sessions, programs: Programs) {
    this.#config = config
    this.#port = port
    this.#sessions = sessions
    this.#programs = programs
  }

  /** No page of another origin, and no cookie but from a page of ours. */
  mayCome(request: Pick<IncomingMessage, 'headers'>, withKey: boolean): boolean {
    const { origin, cookie } = request.headers
    if (origin !== undefined) return origin === originOf(this.#config, request)
    return withKey || sessionToken(this.#config, this.#port(), cookie) === undefined
  }

  /** The person behind a cookie, with the seat in the named collaboration. */
  async byCookie(cookie: string | null | undefined, slug: string | undefined): Promise<Identified> {
    const token = sessionToken(this.#config, this.#port(), cookie)
    const found = token ? await this.#sessions.find(token, slug) : undefined
    return found ? { ...found, program: undefined } : NOBODY
  }

  /** The program behind a key. It need not name the key's collaboration, and may name no other. */
  async byKey(key: string, slug: string | undefined): Promise<Identified | KeyRefusal> {
    const known = await this.#programs.find(key)
    if (!known) return 'INVALID_KEY'
    if (slug !== undefined && slug !== known.slug) return 'OTHER_COLLABORATION'
    return { session: undefined, program: known.program, viewer: known.viewer }
  }

  /** Looks again, for what lasts longer than a request. */
  async again({ session, program }: Identified, slug: string | undefined): Promise<Actor | undefined> {
    if (program) return this.#programs.again(program)
    return session && this.#sessions.again(session, slug)
  }

  /** Those of the given who may no longer what they might. */
  async ended<Held extends Identified>(held: readonly Held[]): Promise<Set<Held>> {
    const seats = held.flatMap(({ session, viewer }) =>
      session && viewer?.memberId ? [{ session, memberId: viewer.memberId }] : [],
    )
    const [sessions, keys] = await Promise.all([
      this.#sessions.ended(seats),
      this.#programs.alive(held.flatMap(({ program }) => program ?? [])),
    ])
    const holds = ({ session, program, viewer }: Identified) =>
      program
        ? keys.has(shownBy(program))
        : session && viewer?.memberId && !sessions.has(endedKey(session.tokenHash, viewer.memberId))
    return new Set(held.filter((one) => !holds(one)))
  }
}
