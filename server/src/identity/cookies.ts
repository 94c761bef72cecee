import type { Config } from '../config/config.ts'

/**
 * Guards: a session's token is taken from the one cookie that is this hub's own, and from no other.
 *
 * The session's cookie. `__Host-` binds it to this host and to https; on plain loopback, where there is no https, it has
 * a name of its own. The port is part of that name: cookies do not tell ports apart, and two hubs on one machine would
 * sign each other out.
 */
const nameOf = (config: Config, port: number): string =>
  config.origin?.startsWith('https:') ? '__Host-samsyn' : `samsyn-${port}`

export const sessionCookie = (config: Config, port: number, token: string, maxAge: number): string => {
  const secure = config.origin?.startsWith('https:') ? '; Secure' : ''
  return `${nameOf(config, port)}=${token}; Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Lax${secure}`
}

export const noSessionCookie = (config: Config, port: number): string => sessionCookie(config, port, '', 0)

/**
 * The cookie by which a browser is known in which somebody has signed in before. It opens nothing; it only keeps what strangers fail at
 * from slowing its owner (`signIn.ts`).
 */
export const browserCookie = (config: Config, port: number, token: string): string => {
  const secure = config.origin?.startsWith('https:') ? '; Secure' : ''
  return `${nameOf(config, port)}-browser=${token}; Path=/; Max-Age=${180 * 24 * 60 * 60}; HttpOnly; SameSite=Strict${secure}`
}

export const browserToken = (config: Config, port: number, header: string | null | undefined): string | undefined =>
  tokenIn(`${nameOf(config, port)}-browser`, header)

/** The token that a Cookie header carries, if it looks like one of ours. */
export const sessionToken = (config: Config, port: number, header: string | null | undefined): string | undefined =>
  tokenIn(nameOf(config, port), header)

const tokenIn = (cookie: string, header: string | null | undefined): string | undefined => {
  const name = `${cookie}=`
  const token = header
    ?.split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(name))
    ?.slice(name.length)
  return token && /^[\w-]{43}$/.test(token) ? token : undefined
}
