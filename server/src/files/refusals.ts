/** Why what was sent in is not taken. The client puts the code into words. */
export const FILE_REFUSALS = {
  /** Nobody is signed in with a seat in the collaboration. */
  UNAUTHENTICATED: 401,
  /** The member's roles do not cover it. */
  ROLE: 403,
  /** Whoever asks came with an API key, and a key only reads. */
  READ_ONLY_KEY: 403,
  /** No name, or one of which nothing is left when it has been cleaned. */
  NAME: 400,
  /** Nothing in it. */
  EMPTY: 400,
  /** More bytes than are taken. */
  TOO_LARGE: 413,
  /** Of no kind that is taken, by the ending of its name. */
  KIND: 415,
  /** Something else is in it than the ending of its name says. */
  MISMATCH: 415,
  /** An office document that carries programs. */
  MACROS: 415,
  /** Two things at once, or something hidden before, behind or inside what it claims to be. */
  MIXED: 415,
  /** Not whole: what it claims to be ends too early, or does not hang together. */
  DAMAGED: 415,
  /** The member has too many files under way or waiting. */
  TOO_MANY: 429,
} as const

export type FileRefusal = keyof typeof FILE_REFUSALS

export class FileRefused extends Error {
  readonly code: FileRefusal
  readonly limit: number | undefined
  constructor(code: FileRefusal, limit?: number) {
    super(`The file is not taken: ${code}`)
    this.name = 'FileRefused'
    this.code = code
    this.limit = limit
  }
}
