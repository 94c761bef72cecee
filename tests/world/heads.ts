import { join } from 'node:path'
import { openSigningKey, signHead } from '../../server/src/chain/head.ts'
import type { World } from './world.ts'

interface Day {
  readonly stream: string
  readonly epoch: number
  readonly seq: string
  readonly hash: Buffer
  readonly at: Date
}

/** As if the hub had run, and signed, on each day of the parties' journals: the pilot is planted with months of them. */
export const signDays = async (world: World): Promise<void> => {
  const key = await openSigningKey(join(world.dataDir, 'journal.pem'))
  const days = await world.sql<Day>(
    `select distinct on (place.stream_id, entry.at::date) place.stream_id as stream, head.epoch, place.seq, place.hash, entry.at
     from stream_entry place join journal_entry entry on entry.id = place.entry_id join stream_head head using (stream_id)
     join party on party.id = place.stream_id where entry.at < current_date order by place.stream_id, entry.at::date, place.seq desc`,
  )
  for (const { stream, epoch, seq, hash, at } of days) {
    const head = signHead({ stream, epoch, seq, hash: hash.toString('hex'), at: at.toISOString() }, key)
    await world.sql('select head_keep($1, $2, $3, $4, $5, $6, $7)', [stream, epoch, seq, hash, head.at, head.key, head.signature])
  }
}

/** The day so many months ago, as the operator writes it; the last of its month, where that is shorter. */
export const monthsAgo = (months: number): string => {
  const now = new Date()
  const [year, month] = [now.getUTCFullYear(), now.getUTCMonth() - months]
  const day = Math.min(now.getUTCDate(), new Date(Date.UTC(year, month + 1, 0)).getUTCDate())
  return new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10)
}
