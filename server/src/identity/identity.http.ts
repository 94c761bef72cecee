import { randomBytes } from 'node:crypto'
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import type { MemberRole } from '@samsyn/prisma/client'
import { type Config, isLoopback } from '../config/config.ts'
import type { Database } from '../data/database.ts'
import { addressOf, isOwnOrigin, readBody } from '../http/request.ts'
import { browserCookie, browserToken, noSessionCookie, sessionCookie, sessionToken } from './cookies.ts'
import { hashPassword, LEAST_PASSWORD, MOST_PASSWORD } from './passwords.ts'
import { hashToken, type Sessions } from './sessions.ts'
import { type Attempt, knowBrowser, type SignIn, signIn } from './signIn.ts'

/**
 * Sign-in, sign-out and invitations: plain forms that work without JavaScript. Every form is refused that a foreign page
 * sends. The demo's doors exist only on a database that `start` has seeded, on a loopback address.
 */
export interface IdentityDoors {
  readonly config: Config
  readonly database: Database
  readonly sessions: Sessions
  /** The port listened on, once it is. */
  readonly port: () => number
}

type Door = (request: IncomingMessage, response: ServerResponse, doors: IdentityDoors) => Promise<void>

interface DemoMember {
  readonly member_id: string
  readonly person_id: string
  readonly name: string
  readonly title: string
  readonly roles: MemberRole[]
  readonly party_name: string
  readonly mark: string
  readonly ordinal: number
  readonly slug: string
}

interface Invitation {
  readonly person_id: string
  readonly name: string
  readonly party_name: string
  readonly collaboration_name: string
  readonly slug: string
  readonly email: string
  readonly has_password: boolean
}

const MOST_FORM = 10_000

const form = async (request: IncomingMessage): Promise<URLSearchParams> => {
  const body = await readBody(request, MOST_FORM)
  if (!request.headers['content-type']?.startsWith('application/json')) return new URLSearchParams(body)
  const parsed: unknown = JSON.parse(body)
  const entries = typeof parsed === 'object' && parsed !== null ? Object.entries(parsed) : []
  return new URLSearchParams(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
}

/** Only a path of our own: never another's page, never one that a browser reads as another host. */
const safePath = (path: string | null): string => (path && /^\/(?![/\\])[^\\\s]*$/.test(path) ? path : '/')

const redirect = (response: ServerResponse, location: string, cookies: readonly string[] = []): void => {
  response.writeHead(303, { location, 'cache-control': 'no-store', 'set-cookie': [...cookies] }).end()
}
const json = (response: ServerResponse, status: number, body: unknown, headers: OutgoingHttpHeaders = {}): void => {
  response
    .writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...headers })
    .end(JSON.stringify(body))
}
const wantsJson = (request: IncomingMessage): boolean => request.headers.accept?.startsWith('application/json') ?? false

/** A new session each time: a token from before the sign-in is worth nothing after it. */
const enter = async (request: IncomingMessage, { config, sessions, port }: IdentityDoors, personId: string): Promise<string> => {
  const before = sessionToken(config, port(), request.headers.cookie)
  if (before) await sessions.close(before)
  const { token, maxAge } = await sessions.open(personId)
  return sessionCookie(config, port(), token, maxAge)
}

const signInDoor: Door = async (request, response, doors) => {
  const fields = await form(request)
  const email = fields.get('email')?.slice(0, 254) ?? ''
  const next = safePath(fields.get('next'))
  const browser = browserOf(request, doors)
  const outcome = await attempt(request, doors, { browser, email, password: fields.get('password') ?? '' })
  if ('personId' in outcome) {
    const cookies = [await enter(request, doors, outcome.personId), known(doors, browser)]
    return wantsJson(request) ? json(response, 200, { ok: true }, { 'set-cookie': cookies }) : redirect(response, next, cookies)
  }
  if (!wantsJson(request)) return redirect(response, `/sign-in?${new URLSearchParams({ ...whyNot(outcome), next })}`)
  if (outcome.code === 'SLOW') return json(response, 429, outcome, { 'retry-after': String(outcome.retryAfter) })
  json(response, 401, outcome)
}

const attempt = (
  request: IncomingMessage,
  { config, database }: IdentityDoors,
  { password, ...rest }: Omit<Attempt, 'address'>,
): Promise<SignIn> =>
  signIn(database, { ...rest, password: password.slice(0, MOST_PASSWORD), address: addressOf(config, request) })

/** The browser's own token: the one by which it is known, or a new one, which it keeps if somebody signs in. */
const browserOf = ({ headers }: IncomingMessage, { config, port }: IdentityDoors): string =>
  browserToken(config, port(), headers.cookie) ?? randomBytes(32).toString('base64url')
const known = ({ config, port }: IdentityDoors, browser: string): string => browserCookie(config, port(), browser)

/** For the page that shows the form again. */
const whyNot = (outcome: Exclude<SignIn, { personId: string }>): Record<string, string> => ({
  error: outcome.code,
  ...(outcome.code === 'SLOW' && { retryAfter: String(outcome.retryAfter) }),
})

const signOutDoor: Door = async (request, response, { config, sessions, port }) => {
  const token = sessionToken(config, port(), request.headers.cookie)
  if (token) await sessions.close(token)
  // The page there sees to what the browser itself remembers (`sign-in/+page.svelte`).
  redirect(response, '/sign-in?left', [noSessionCookie(config, port())])
}

/** The demo's members, where the demo exists at all. */
const demoMembers = async ({ config, database }: IdentityDoors): Promise<DemoMember[]> => {
  const loopback = isLoopback(config.host) && (config.origin === undefined || isLoopback(new URL(config.origin).hostname))
  return loopback
    ? database.ask<DemoMember>(
        'select member_id, person_id, name, title, roles::text[] as roles, party_name, mark, ordinal, slug from demo_members()',
      )
    : []
}

const demoListDoor: Door = async (_request, response, doors) => {
  const members = await demoMembers(doors)
  if (members.length === 0) return notFound(response)
  json(
    response,
    200,
    members.map(({ member_id: memberId, name, title, roles, party_name: party, mark, ordinal, slug }) => ({
      memberId,
      name,
      title,
      roles,
      party,
      mark,
      ordinal,
      slug,
    })),
  )
}

const demoSignInDoor: Door = async (request, response, doors) => {
  const members = await demoMembers(doors)
  const fields = await form(request)
  const member = members.find(({ member_id: memberId }) => memberId === fields.get('memberId'))
  if (!member) return notFound(response)
  redirect(response, safePath(fields.get('next')), [await enter(request, doors, member.person_id)])
}

const findInvitation = async ({ database }: IdentityDoors, token: string | null): Promise<Invitation | undefined> => {
  if (!token) return undefined
  const [invitation] = await database.ask<Invitation>('select * from invitation_by($1)', [hashToken(token)])
  return invitation
}

const invitationDoor: Door = async (request, response, doors) => {
  const invitation = await findInvitation(doors, new URL(request.url ?? '/', 'http://localhost').searchParams.get('token'))
  if (!invitation) return notFound(response)
  const { name, party_name: party, collaboration_name: collaboration, email, has_password: hasPassword } = invitation
  json(response, 200, { name, party, collaboration, email, hasPassword })
}

/** Takes the seat. Whoever has a password already must know it: the link alone does not open their account. */
const acceptDoor: Door = async (request, response, doors) => {
  const fields = await form(request)
  const token = fields.get('token')
  const password = fields.get('password') ?? ''
  const invitation = await findInvitation(doors, token)
  if (!invitation || !token) return notFound(response)
  const back = (why: Record<string, string>) => redirect(response, `/invitation?${new URLSearchParams({ token, ...why })}`)
  const browser = browserOf(request, doors)
  if (invitation.has_password) {
    const outcome = await attempt(request, doors, { browser, email: invitation.email, password })
    if (!('personId' in outcome)) return back(whyNot(outcome))
  } else if ([...password].length < LEAST_PASSWORD) return back({ error: 'TOO_SHORT' })
  else if (password.length > MOST_PASSWORD) return back({ error: 'TOO_LONG' })
  const passwordHash = invitation.has_password ? null : await hashPassword(password)
  const [accepted] = await doors.database.ask<{ done: boolean }>('select invitation_accept($1, $2::text) as done', [
    hashToken(token),
    passwordHash,
  ])
  if (!accepted?.done) return notFound(response)
  await knowBrowser(doors.database, invitation.email, browser)
  redirect(response, `/c/${invitation.slug}`, [await enter(request, doors, invitation.person_id), known(doors, browser)])
}

const notFound = (response: ServerResponse): void => {
  response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' }).end('Not found')
}

const doorsByAddress: Readonly<Record<string, Door>> = {
  'POST /auth/sign-in': signInDoor,
  'POST /auth/sign-out': signOutDoor,
  'GET /auth/demo': demoListDoor,
  'POST /auth/demo': demoSignInDoor,
  'GET /auth/invitation': invitationDoor,
  'POST /auth/invitation': acceptDoor,
}

/** Answers what is asked under /auth; false for anything else. */
export const answerIdentity = async (
  request: IncomingMessage,
  response: ServerResponse,
  doors: IdentityDoors,
): Promise<boolean> => {
  const path = (request.url ?? '/').split('?', 1)[0]
  if (!path?.startsWith('/auth/')) return false
  const door = doorsByAddress[`${request.method} ${path}`]
  if (!door) notFound(response)
  else if (request.method === 'POST' && !isOwnOrigin(doors.config, request)) response.writeHead(403).end('Forbidden')
  else await door(request, response, doors)
  return true
}
