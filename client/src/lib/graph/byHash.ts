// Guards: what is said by hash is what would have been said in full, also when only one side knows it.
//
// What the server knows is sent as its SHA-256; what it does not (the pages are newer, or an act was kept by older ones) as text.

/** 64 hexadecimal digits; none where the browser hashes nothing, which it does for secure pages alone. */
export const hashOf = async (text: string): Promise<string> => {
  if (globalThis.isSecureContext === false) return ''
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** As every door takes it. */
export const byHash = (sha256Hash: string) => ({ persistedQuery: { version: 1, sha256Hash } })

/** The server's words for a hash that it does not know, now or ever. */
export const isUnknown = (code: unknown) => code === 'PERSISTED_QUERY_NOT_FOUND' || code === 'PERSISTED_QUERY_NOT_SUPPORTED'
