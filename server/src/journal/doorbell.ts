import type { Logger } from 'pino'
import type { Config } from '../config/config.ts'
import { notifyBell } from './notifyBell.ts'

/**
 * Guards: a ring is only a hint. Rings may be lost, come twice or come for nothing: whoever is rung reads the journal, and
 * reads it slowly even when nothing rings.
 */
export interface Doorbell {
  /** Calls on every ring, and each time that rings can be heard anew: what was rung before that was not heard. */
  readonly listen: (onRing: () => void) => void
  /** Rings at every server, and never fails or waits. Undefined where the database does it by itself, at COMMIT. */
  readonly ring: (() => void) | undefined
  readonly stop: () => Promise<void>
}

/** The bell that the settings name. The client of one that is not used is not loaded. */
export const openDoorbell = async (config: Config, databaseUrl: string, log: Logger): Promise<Doorbell> => {
  if (config.doorbellUrl === undefined) return notifyBell(databaseUrl, log)
  const { redisBell } = await import('./redisBell.ts')
  return redisBell(config.doorbellUrl, log)
}
