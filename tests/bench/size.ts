/** What every benchmark is told: where it may make databases, and how large it is to be. */
export interface Size {
  /** Address of a PostgreSQL server, as its owner. */
  readonly postgres: string
  /** Who follow, or how many times it is done. */
  readonly sockets: number
  /** How often each is measured. */
  readonly runs: number
}
