import { spawn } from 'node:child_process'
import { resolve } from 'node:path'

/**
 * `pnpm dev`: the server restarts when its sources change, and the pages come from Vite, which replaces them in place and
 * passes /graphql and /auth on. When one of the two ends, so does the other.
 */
const root = resolve(import.meta.dirname, '../..')
const run = (folder: string, parameters: string[], env: Readonly<Record<string, string>> = {}) =>
  spawn(process.execPath, parameters, { cwd: resolve(root, folder), stdio: 'inherit', env: { ...process.env, ...env } })

const port = process.env['PORT'] ?? '3000'
const children = [
  run('server', ['--watch-path=src', '--watch-preserve-output', 'src/main.ts'], { PORT: port }),
  run('client', ['node_modules/vite/bin/vite.js', 'dev'], { API_URL: `http://localhost:${port}` }),
]
const stop = () => children.forEach((child) => child.kill('SIGTERM'))
children.forEach((child) => child.on('close', stop))
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop)
