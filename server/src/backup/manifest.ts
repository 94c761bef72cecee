import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'

// A backup is a folder: `rows.jsonl.gz` with all rows of one moment, `files/` with the bytes that they name, and, written last,
// `manifest.json`, which says what there is. Logical, so that it can be restored into another major version of PostgreSQL, and under a
// later release: what that release has migrated since is migrated after the rows are in.

export const FORMAT = 1
export const ROWS = 'rows.jsonl.gz'
export const FILES = 'files'
const MANIFEST = 'manifest.json'

export interface Manifest {
  readonly format: number
  /** When, in UTC. */
  readonly at: string
  /** Names of the migrations that the rows fit. */
  readonly migrations: readonly string[]
  /** Rows by table. */
  readonly tables: Readonly<Record<string, number>>
  /** SHA-256 of `rows.jsonl.gz`, in hex. */
  readonly rows: string
  /** The files' objects: size in bytes and SHA-256 in hex. */
  readonly files: Readonly<Record<string, { readonly size: number; readonly hash: string }>>
}

export const manifestPath = (folder: string): string => join(folder, MANIFEST)

export const hashOf = async (path: string): Promise<string> => {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

/** What is wrong with a backup, in a sentence. */
export class BackupProblem extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'BackupProblem'
  }
}

/** Reads what a backup says of itself and looks whether it is so. */
export const readManifest = async (folder: string): Promise<Manifest> => {
  const text = await readFile(manifestPath(folder), 'utf8').catch(() => {
    throw new BackupProblem(`${folder} holds no whole backup: it has no ${MANIFEST}.`)
  })
  const manifest = JSON.parse(text) as Manifest
  if (manifest.format !== FORMAT)
    throw new BackupProblem(`The backup has format ${manifest.format}; this release reads ${FORMAT}.`)
  const differs = async (name: string, hash: string) =>
    (await hashOf(join(folder, name)).catch(() => undefined)) !== hash ? [name] : []
  const wrong = await differs(ROWS, manifest.rows)
  for (const [object, { hash }] of Object.entries(manifest.files)) wrong.push(...(await differs(join(FILES, object), hash)))
  if (wrong.length > 0)
    throw new BackupProblem(`The backup is not what it was: ${wrong.join(', ')} ${wrong.length > 1 ? 'differ' : 'differs'}.`)
  return manifest
}
