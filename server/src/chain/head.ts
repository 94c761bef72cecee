import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto'
import { existsSync } from 'node:fs'
import { link as place, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { canonical } from './chain.ts'

/** How far a party's stream had come, said and signed: what a party keeps, to hold the hub to it later. */
export interface Head {
  /** The party's id. */
  readonly stream: string
  readonly epoch: number
  /** Number of the last entry; a string, being of 64 bits. */
  readonly seq: string
  /** Hex of the last entry's hash. */
  readonly hash: string
  /** When it was signed, in UTC. */
  readonly at: string
}

export interface SignedHead extends Head {
  /** The public key, 32 bytes of Ed25519 as base64url. */
  readonly key: string
  /** Of the canonical form (RFC 8785) of the five fields of the head, as base64url. */
  readonly signature: string
}

const textOf = ({ stream, epoch, seq, hash, at }: Head): Buffer => Buffer.from(canonical({ stream, epoch, seq, hash, at }))

/** The public half, 32 bytes as base64url. */
export const publicOf = (key: KeyObject): string => String(createPublicKey(key).export({ format: 'jwk' })['x'])

/** What is compared by eye or read out: SHA-256 of the public key's 32 bytes, hexadecimal, four by four. */
export const fingerprintOf = (publicKey: string): string =>
  createHash('sha256')
    .update(Buffer.from(publicKey, 'base64url'))
    .digest('hex')
    .replaceAll(/.{4}(?=.)/g, '$& ')

export const signHead = (head: Head, key: KeyObject): SignedHead => ({
  ...head,
  key: publicOf(key),
  signature: sign(null, textOf(head), key).toString('base64url'),
})

/** Whether the head was signed by whoever holds the key that it names. */
export const holdsSignature = (head: SignedHead): boolean => {
  try {
    const key = createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: head.key } })
    return verify(null, textOf(head), key, Buffer.from(head.signature, 'base64url'))
  } catch {
    return false
  }
}

/**
 * The hub's own key, made the first time. It lies beside the database and not in it: whoever can rewrite the journal cannot sign what
 * they have made of it.
 */
export const openSigningKey = async (file: string): Promise<KeyObject> => {
  if (!existsSync(file)) {
    const { privateKey } = generateKeyPairSync('ed25519')
    const fresh = `${file}.${process.pid}`
    await mkdir(dirname(file), { recursive: true })
    await writeFile(fresh, privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600 })
    // Of several that start at once one key stands, whole.
    await place(fresh, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
    await rm(fresh)
  }
  return createPrivateKey(await readFile(file))
}
