import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    name: 'tests',
    root: import.meta.dirname,
    include: ['**/*.test.ts'],
    globalSetup: join(import.meta.dirname, 'world/postgres.ts'),
    maxWorkers: 2,
    // Deadlines, not waits: a test goes on as soon as what it waits for has happened.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})
