import { createHash } from 'node:crypto'
import type { Actor } from '../access/viewer.ts'

/**
 * Guards: minting an id that somebody else has tells nothing about them.
 *
 * Clients mint ids, so that they can name things while offline. Stored as they are, a collision would tell a party that
 * another one has such an id. So what is stored is derived from the minted id and the party: two parties can't collide,
 * and within a party the same minted id gives the same stored one. RFC 9562 version 8, from SHA-256 of `<party>:<minted>`.
 */
export const mintedId = (viewer: Pick<Actor, 'partyId'>, minted: string): string => {
  const bytes = createHash('sha256').update(`${viewer.partyId}:${minted.toLowerCase()}`).digest().subarray(0, 16)
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
