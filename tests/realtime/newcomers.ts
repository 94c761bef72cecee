import { samsyn } from '../../server/src/operator/run.testing.ts'
import { Actor } from '../world/actor.ts'
import type { ServerProcess } from '../world/serverProcess.ts'
import { cookieOf, Visitor } from '../world/visitor.ts'
import type { World } from '../world/world.ts'

// Those who are not of the pilot: invited in the course of a story, and seated by their link.

const PASSWORD = 'en lång och bra lösenfras'

/** Takes the seat that a link gives, with a new password, and comes back signed in. */
export const accept = async (server: ServerProcess, link: string, slug: string): Promise<Actor> => {
  const token = new URL(link).searchParams.get('token') ?? ''
  const response = await new Visitor(server).submit('/auth/invitation', { token, password: PASSWORD })
  const cookie = cookieOf(response)
  if (!cookie) throw new Error(`the link is not accepted: ${response.status}`)
  const nobody = { memberId: '', name: '', title: '', party: '', mark: '', roles: [], slug }
  const { viewer } = await new Actor(server, cookie, nobody).query<{ viewer: { member: Member } }>(
    '{ viewer { member { id name title roles party { name mark } } } }',
  )
  const { id, party, ...member } = viewer.member
  return new Actor(server, cookie, { ...nobody, ...member, memberId: atob(id).slice(7), party: party.name, mark: party.mark })
}
interface Member {
  readonly id: string
  readonly name: string
  readonly title: string
  readonly roles: string[]
  readonly party: { readonly name: string; readonly mark: string }
}

/** What the operator does, with the settings of the world's servers. Returns what was printed. */
export const operator = async (world: World, ...words: string[]): Promise<string> => {
  const { code, out, error } = await samsyn(words, { ...world.environment, PORT: String(world.server.port) })
  if (code !== 0) throw new Error(`samsyn ${words.join(' ')}: ${error}`)
  return out
}

export const linkIn = (out: string): string => /https?:\S+\/invitation\?token=\S+/.exec(out)?.[0] ?? ''

/** Global ids of the parties that the actor knows, by name. */
export const partiesOf = async (actor: Actor): Promise<(name: string) => string> => {
  const { collaboration } = await actor.query<{ collaboration: { parties: { id: string; name: string }[] } }>(
    '{ collaboration { parties { id name } } }',
  )
  return (name) => {
    const found = collaboration.parties.find((party) => party.name === name)
    if (!found) throw new Error(`there is no party ${name}`)
    return found.id
  }
}
