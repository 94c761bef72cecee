/** SHA-256 of the public key's 32 bytes, as the operator's command and `examples/verify.mjs` print it: hexadecimal, four by four. */
export const fingerprintOf = async (key: string): Promise<string> => {
  const bytes = Uint8Array.from(atob(key.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0))
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  const digits = [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return digits.match(/.{4}/g)?.join(' ') ?? ''
}
