import { existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { startEmbedded } from './embedded.ts'

/** Removes a data folder whose server has been stopped, and what root had to put elsewhere (see binaries.ts). */
export const discard = (dataDir: string): void => {
  const data = join(dataDir, 'postgres')
  if (existsSync(data)) {
    const folder = realpathSync(data)
    if (dirname(folder) !== realpathSync(dataDir)) rmSync(dirname(folder), { recursive: true, force: true })
  }
  rmSync(dataDir, { recursive: true, force: true })
}

/** A cluster of its own in a temporary folder, for as long as the work takes; nothing in it is worth the disk's waiting. */
export const withScratch = async <Result>(work: (ownerUrl: string) => Promise<Result>): Promise<Result> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'samsyn-'))
  try {
    const { url, stop } = await startEmbedded({ dataDir, settings: { fsync: 'off', full_page_writes: 'off' } })
    try {
      return await work(url)
    } finally {
      await stop()
    }
  } finally {
    discard(dataDir)
  }
}
