import { hash, verify } from '@node-rs/argon2'

/** argon2id with the parameters of RFC 9106's second recommendation lowered to OWASP's: 19 MiB, two passes, one lane. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

export const LEAST_PASSWORD = 12
export const MOST_PASSWORD = 200

export const hashPassword = (password: string): Promise<string> => hash(password.normalize('NFC'), PARAMETERS)

/** Compared with when there is no such account, so that the answer takes the same time. */
const nobody = hashPassword('nobody has this password')

export const verifyPassword = async (stored: string | undefined, password: string): Promise<boolean> => {
  const right = await verify(stored ?? (await nobody), password.normalize('NFC'), PARAMETERS)
  return right && stored !== undefined
}
