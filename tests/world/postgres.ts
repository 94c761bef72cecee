import { realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { changeUrl, createDatabase, withClient } from '@samsyn/prisma/engine/databases'
import { startEmbedded } from '@samsyn/prisma/engine/embedded'
import { withLock } from '@samsyn/prisma/engine/file-lock'
import { migrate } from '@samsyn/prisma/engine/migrate'
import { plant } from '@samsyn/prisma/seed/plant'
import type { TestProject } from 'vitest/node'

// One PostgreSQL for the whole run: every project that names this file as its set-up uses the same folder, and the last to
// leave stops the server. A test's database is a copy of one of two templates, which takes a fraction of migrating.

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the run's PostgreSQL, as the owner. */
    postgres: string
  }
}

export const PLANTED = 'template_planted'
export const EMPTY = 'template_empty'

const prepare = async (url: string): Promise<void> => {
  const { rowCount } = await withClient(url, (client) => client.query('select from pg_database where datname = $1', [PLANTED]))
  if (rowCount) return
  await migrate(await createDatabase(url, EMPTY))
  await createDatabase(url, PLANTED, EMPTY)
  await plant(changeUrl(url, { database: PLANTED }), { now: new Date() })
}

/** Starts it, or joins who has, with both templates in it. */
export const startPostgres = async (): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> => {
  const dataDir = join(tmpdir(), `samsyn-tests-${process.pid}`)
  const { url, stop } = await startEmbedded({ dataDir, settings: { fsync: 'off', full_page_writes: 'off' } })
  const data = realpathSync(join(dataDir, 'postgres'))
  process.once('exit', () => {
    // Started by root, the server's own folder lies elsewhere, alone in its parent.
    for (const folder of [dirname(data), dataDir]) rmSync(folder, { recursive: true, force: true })
  })
  await withLock(join(dataDir, 'templates.lock'), () => prepare(url))
  return { url, stop }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { url, stop } = await startPostgres()
  project.provide('postgres', url)
  return stop
}
