import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Where this package lies; everything else is relative to it, so that it works from any working directory. */
export const home = join(import.meta.dirname, '..')
export const schemaFolder = join(home, 'schema')
export const migrationsFolder = join(home, 'migrations')
export const generatedFolder = join(home, 'generated')
export const catalogueFile = join(home, 'catalogue.txt')

export type TextFile = { path: string; content: string }
export type Migration = { name: string; script: string }
export type Log = (message: string) => void

export const readSchema = async (folder = schemaFolder): Promise<TextFile[]> => {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.prisma')).sort()
  return Promise.all(names.map(async (path) => ({ path, content: await readFile(join(folder, path), 'utf8') })))
}

export const readMigrations = async (folder = migrationsFolder): Promise<Migration[]> => {
  const entries = await readdir(folder, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  return Promise.all(
    names.sort().map(async (name) => ({ name, script: await readFile(join(folder, name, 'migration.sql'), 'utf8') })),
  )
}
