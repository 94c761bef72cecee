import { createHash } from 'node:crypto'
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'

/** Builds the client if what it is built from has changed since; otherwise takes a few milliseconds. */
const client = resolve(import.meta.dirname, '../../client')
const stamp = join(client, 'build/.made-from')

const sources = async (): Promise<string[]> => {
  const folders = await Promise.all(
    ['src', 'static']
      .filter((name) => existsSync(join(client, name)))
      .map(async (name) =>
        (await readdir(join(client, name), { recursive: true, withFileTypes: true }))
          .filter((entry) => entry.isFile() && !entry.parentPath.includes('generated'))
          .map((entry) => join(entry.parentPath, entry.name)),
      ),
  )
  const single = [
    'package.json',
    'vite.config.ts',
    'generate.ts',
    'persist.ts',
    'tsconfig.json',
    '../schema/schema.graphql',
    '../pnpm-lock.yaml',
  ]
  return [...folders.flat(), ...single.map((name) => join(client, name))].toSorted()
}

const fingerprint = async (): Promise<string> => {
  const hash = createHash('sha256')
  for (const file of await sources()) hash.update(file.slice(client.length)).update(await readFile(file))
  return hash.digest('hex')
}

/** Ends when it has been done, and everything with it when it could not be. */
const run = async (...words: string[]): Promise<void> => {
  const child = spawn(process.execPath, words, { cwd: client, stdio: 'inherit' })
  if ((await new Promise((done) => child.on('close', done))) !== 0) process.exit(1)
}

const now = await fingerprint()
const before = existsSync(stamp) ? await readFile(stamp, 'utf8') : ''
if (now !== before) {
  console.log('Building the pages …')
  await run('node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn')
  await run('persist.ts')
  await writeFile(stamp, now)
}
