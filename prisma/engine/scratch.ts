import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { startEmbedded } from './embedded.ts'

/** A cluster of its own in a temporary folder, for as long as the work takes; nothing in it is worth the disk's waiting. */
export const withScratch = async <Result>(work: (ownerUrl: string) => Promise<Result>): Promise<Result> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'samsyn-'))
  try {
    const { url, stop } = await startEmbedded({ dataDir, settings: { fsync: 'off', full_page_writes: 'off' } })
    try {
      return await work(url)
    } finally {
      await stop()
      const folder = realpathSync(join(dataDir, 'postgres'))
      if (dirname(folder) !== realpathSync(dataDir)) rmSync(dirname(folder), { recursive: true, force: true })
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}
