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

const now = await fingerprint()
const before = existsSync(stamp) ? await readFile(stamp, 'utf8') : ''
if (now !== before) {
  console.log('Building the pages …')
  const build = spawn(process.execPath, [join(client, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'], {
    cwd: client,
    stdio: 'inherit',
  })
  const code = await new Promise((done) => build.on('close', done))
  if (code !== 0) process.exit(1)
  await writeFile(stamp, now)
}
