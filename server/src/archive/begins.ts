import type { Asks } from '../chain/read.ts'

/** Where a stream's chain begins now: after the last entry that was archived. */
export interface Beginning {
  readonly last: bigint
  readonly hash: Uint8Array
  /** When that entry happened. */
  readonly until: Date
  /** SHA-256 of the file that it is the last of, in hex. */
  readonly entries: string
}

/** Undefined for a stream of which nothing has been archived. */
export const beginningOf = async (owner: Asks, streamId: string): Promise<Beginning | undefined> => {
  const [row] = await owner.ask<{ last: string; hash: Buffer; until: Date; entries: string }>(
    'select last, hash, until, entries from journal_archive where stream_id = $1 order by last desc limit 1',
    [streamId],
  )
  return row && { ...row, last: BigInt(row.last) }
}
