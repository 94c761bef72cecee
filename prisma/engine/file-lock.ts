import { DatabaseSync } from 'node:sqlite'

/**
 * Locks between processes that the kernel releases when their holder dies, however it dies. Node has no flock of its own;
 * SQLite, which is built into it, locks its files with exactly that, on every system. The files stay empty.
 */
export type FileLock = { release: () => void }

const BUSY = 5

const take = (path: string, statement: string): FileLock | undefined => {
  const file = new DatabaseSync(path, { timeout: 0 })
  try {
    file.exec(statement)
    return { release: () => file.isOpen && file.close() }
  } catch (error) {
    file.close()
    if (error instanceof Error && 'errcode' in error && error.errcode === BUSY) return undefined
    throw error
  }
}

const sleep = (milliseconds: number) => new Promise<void>((resolve) => void setTimeout(resolve, milliseconds))

const until = async (path: string, statement: string): Promise<FileLock> => {
  for (;;) {
    const lock = take(path, statement)
    if (lock) return lock
    await sleep(15)
  }
}

/** The lock at once, or undefined when anybody holds it, shared or not. */
export const tryExclusive = (path: string) => take(path, 'begin exclusive')
export const exclusive = (path: string) => until(path, 'begin exclusive')
/** Held by any number at a time; waits while somebody holds it exclusively. */
export const shared = (path: string) => until(path, 'begin; select count(*) from sqlite_schema')

export const withLock = async <Result>(path: string, work: () => Promise<Result>): Promise<Result> => {
  const lock = await exclusive(path)
  try {
    return await work()
  } finally {
    lock.release()
  }
}
