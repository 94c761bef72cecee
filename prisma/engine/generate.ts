import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { command } from './command.ts'
import { withLock } from './file-lock.ts'
import { generatedFolder, home, readSchema, schemaFolder } from './project.ts'

// The Prisma client and Pothos's types, generated when the data model or a generator has changed and left alone otherwise.
// The stamp is written last and taken away first, under a lock, so that nobody takes a half-written client for a whole one.

const stampFile = join(generatedFolder, 'stamp')
const lockFile = join(home, 'node_modules', '.generate.lock')

const packageFolder = (name: string) => join(home, 'node_modules', name)

const currentStamp = async (): Promise<string> => {
  const hash = createHash('sha256')
  for (const name of ['prisma', '@prisma/client', '@pothos/plugin-prisma']) {
    const { version }: { version: string } = JSON.parse(readFileSync(join(packageFolder(name), 'package.json'), 'utf8'))
    hash.update(`${name}@${version}\n`)
  }
  for (const { path, content } of await readSchema()) hash.update(`${path}\n${content}\n`)
  return hash.digest('hex')
}

const isCurrent = (stamp: string) => existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp

/** True when there was something to generate. */
export const generate = async (): Promise<boolean> => {
  if (isCurrent(await currentStamp())) return false
  return withLock(lockFile, async () => {
    const stamp = await currentStamp()
    if (isCurrent(stamp)) return false
    rmSync(stampFile, { force: true })
    mkdirSync(generatedFolder, { recursive: true })
    const env = {
      ...process.env,
      PATH: [join(home, 'node_modules', '.bin'), dirname(process.execPath), process.env.PATH].join(delimiter),
      // The command looks for an engine to download, which generating has no use for; any file that exists ends the search.
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      CHECKPOINT_DISABLE: '1',
    }
    const cli = join(packageFolder('prisma'), 'build', 'index.js')
    await promisify(execFile)(process.execPath, [cli, 'generate', '--schema', schemaFolder, '--no-hints'], { cwd: home, env })
    writeFileSync(stampFile, stamp)
    return true
  })
}

if (import.meta.main) {
  await command(async () => {
    if (await generate()) console.log('Generated the Prisma client and the Pothos types')
    return true
  })
}
