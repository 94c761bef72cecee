// Things are named before the server has heard of them. What it stores is derived from the minted id and the party; derived
// here as well, a new thing keeps its id when the answer comes, and whoever has already opened it or writes in it stays there.
import { uuidOf } from './ids.ts'

const stored = new Map<string, string>()

/** A new id for something of that party's own. */
export const mint = async (party: string): Promise<string> => {
  const minted = crypto.randomUUID()
  // Only where the browser trusts the address; elsewhere the answer brings the stored id.
  if (!globalThis.isSecureContext) return minted
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`${uuidOf(party)}:${minted}`))
  const bytes = new Uint8Array(digest, 0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  stored.set(minted, hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'))
  return minted
}

/** A page opened later goes on with what an earlier one named. */
export const recall = (minted: string, id: string) => void stored.set(minted, uuidOf(id))

/** The id under which the server will know it. */
export const storedId = (minted: string): string => stored.get(minted) ?? minted
