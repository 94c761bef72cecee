import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll } from 'vitest'
import { signDays } from './heads.ts'
import { openWorld } from './world.ts'
import type { SignedHead } from '../../server/src/chain/head.ts'
import { samsyn } from '../../server/src/operator/run.testing.ts'

/** A hub that has run and signed for months, a folder for its archives, and Torsby, who has kept its receipts. */
export const openHub = async () => {
  const root = mkdtempSync(join(tmpdir(), 'samsyn-archive-'))
  const folder = join(root, 'archives')
  const world = await openWorld()
  afterAll(async () => {
    await world.close()
    rmSync(root, { recursive: true, force: true })
  })
  await signDays(world)
  const partyId = (await world.sql<{ id: string }>(`select id from party where name = 'Torsby'`))[0]?.id ?? ''
  const streamFolder = join(folder, 'sutohamu', partyId)
  const { signedHeads } = await (
    await world.as('Torsby')
  ).query<{ signedHeads: { nodes: SignedHead[] } }>(
    '{ signedHeads(first: 100) { nodes { stream epoch seq hash at key signature } } }',
  )
  const settings = { DATABASE_URL: world.ownerUrl, DATA_DIR: world.dataDir }
  const journal = (...words: string[]) => samsyn(['journal', ...words], settings)
  const written = (name: string, text: string): string => {
    writeFileSync(join(root, name), text)
    return join(root, name)
  }
  return {
    root,
    folder,
    streamFolder,
    world,
    partyId,
    settings,
    journal,
    written,
    /** The oldest first. */
    kept: signedHeads.nodes.toReversed(),
    keep: (months: string) => journal('keep', '--collaboration', 'sutohamu', '--months', months),
    archive: (...words: string[]) => journal('archive', '--collaboration', 'sutohamu', '--to', folder, ...words),
    verify: (...words: string[]) => journal('verify', '--archive', folder, ...words),
    exported: async () =>
      written('torsby.jsonl', (await journal('export', '--collaboration', 'sutohamu', '--party', 'Torsby')).out),
    /** Torsby's archives, the oldest first. */
    lying: (): string[] => readdirSync(streamFolder).toSorted((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10)),
    /** The last of Torsby's entries that has been archived. */
    begins: async (): Promise<number> => {
      const [row] = await world.sql<{ last: number }>(
        'select coalesce(max(last), 0)::int as last from journal_archive where stream_id = $1',
        [partyId],
      )
      return row?.last ?? 0
    },
  }
}

/** What the program of others says. */
export const standalone = (...words: string[]): Promise<string> =>
  promisify(execFile)(process.execPath, [join(import.meta.dirname, '../../examples/verify.mjs'), ...words]).then(
    ({ stdout }) => stdout,
    (error: { stderr: string }) => error.stderr,
  )
