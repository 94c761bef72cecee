import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

// One run for everything. Files in parallel only as far as two cores carry: they share them with PostgreSQL, the servers
// under test and a browser.
const from = (path: string) => join(import.meta.dirname, path)

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      { test: { name: 'prisma', root: from('prisma'), include: ['**/*.test.ts'] } },
      {
        test: {
          name: 'server',
          root: from('server'),
          include: ['src/**/*.test.ts'],
          globalSetup: from('tests/world/postgres.ts'),
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      from('client/vite.config.ts'),
      from('tests/vitest.config.ts'),
    ],
  },
})
