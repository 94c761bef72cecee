import { execFile, spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Account } from './binaries.ts'

/** What a running server writes about itself in its data folder. */
export type Postmaster = { pid: number; port: number; ready: boolean }

const pause = () => new Promise<void>((resolve) => void setTimeout(resolve, 15))
const LOG_LIMIT = 10_000_000

/** Waits until `done`, or gives up after so many milliseconds. */
const settle = async (milliseconds: number, done: () => boolean): Promise<boolean> => {
  const end = performance.now() + milliseconds
  while (!done()) {
    if (performance.now() > end) return false
    await pause()
  }
  return true
}

const signal = (pid: number, name: NodeJS.Signals | 0): boolean => {
  try {
    process.kill(pid, name)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false
    throw error
  }
}

/** State and command line, so that a reused process id or a zombie isn't mistaken for our server. */
const look = async (pid: number): Promise<string> => {
  try {
    const state = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.[0]
    return `${state} ${readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')}`
  } catch {
    if (existsSync('/proc/self')) return ''
    return (await promisify(execFile)('ps', ['-o', 'stat=,args=', '-p', String(pid)]).catch(() => ({ stdout: '' }))).stdout.trim()
  }
}

const readPidFile = (folder: string): Postmaster | undefined => {
  try {
    const [pid, , , port, , , , status] = readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')
    return Number(pid) > 0 ? { pid: Number(pid), port: Number(port), ready: status?.trim() === 'ready' } : undefined
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/** The server that lives on this folder. A pid file left by a dead one is removed: a foreign process may have its number by now. */
export const findPostmaster = async (folder: string): Promise<Postmaster | undefined> => {
  const found = readPidFile(folder)
  if (!found) return undefined
  const seen = await look(found.pid)
  if (seen && !seen.startsWith('Z') && seen.includes('postgres') && seen.includes(folder)) return found
  rmSync(join(folder, 'postmaster.pid'), { force: true })
  return undefined
}

/**
 * A fast shutdown, or for a server that does not answer one without a farewell (it recovers at its next start). A zombie
 * counts as stopped, for nobody may ever reap it.
 */
export const stopPostmaster = async ({ pid }: Postmaster, folder: string, responsive = true): Promise<void> => {
  const gone = () => readPidFile(folder)?.pid !== pid || !signal(pid, 0)
  const politely = responsive ? ([['SIGINT', 30_000]] as const) : []
  for (const [name, patience] of [...politely, ['SIGQUIT', 5_000], ['SIGKILL', 2_000]] as const) {
    if (!signal(pid, name)) break
    signal(pid, 'SIGCONT') // A suspended process hears nothing but this.
    if (await settle(patience, gone)) break
  }
  await findPostmaster(folder)
}

/** A port that nobody listens on, at the moment. */
export const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('No free port'))))
    })
  })

type Start = {
  postgres: string
  who: Account
  folder: string
  logFile: string
  settings: Record<string, string | number>
  /** The one it had, where those who are connected are to find it again; any free one otherwise. */
  port?: number | undefined
}

/** Starts a server that outlives a signal to our process group: we stop it ourselves, when our own work is done. */
export const startPostmaster = async ({ postgres, who, folder, logFile, settings, port: known }: Start): Promise<Postmaster> => {
  if (existsSync(logFile) && statSync(logFile).size > LOG_LIMIT) renameSync(logFile, `${logFile}.1`)
  const patience = performance.now() + 15_000
  for (;;) {
    const port = known ?? (await freePort())
    const options = Object.entries({ ...settings, port }).flatMap(([key, value]) => ['-c', `${key}=${value}`])
    const output = openSync(logFile, 'a', 0o600)
    const before = statSync(logFile).size
    const env = { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' }
    const child = spawn(postgres, ['-D', folder, ...options], {
      ...who,
      cwd: folder,
      env,
      detached: true,
      stdio: ['ignore', output, output],
    })
    closeSync(output)
    const end = { reason: '' }
    child.once('error', (error) => (end.reason = error.message))
    child.once('exit', (code) => (end.reason ||= `it ended with code ${code}`))
    child.unref()
    // No limit here: crash recovery after a power cut takes the time it takes, and an exit is noticed.
    await settle(Infinity, () => end.reason !== '' || isReady(folder, child.pid))
    if (!end.reason) return { pid: child.pid ?? 0, port, ready: true }
    const said = readFileSync(logFile).subarray(before).toString().trim()
    // Another program took the port meanwhile, or the last processes of a killed server are still letting go of its memory.
    const passing = /could not create any TCP\/IP sockets|pre-existing shared memory block/.test(said)
    if (!passing || performance.now() > patience) throw new Error(`PostgreSQL did not start in ${folder}: ${end.reason}. ${said}`)
    await pause()
  }
}

const isReady = (folder: string, pid: number | undefined) => {
  const found = readPidFile(folder)
  return found?.pid === pid && found?.ready === true
}
