import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { operate } from './operate.ts'

/** What became of a run of the operator's command. */
export interface Outcome {
  readonly code: number
  readonly out: string
  readonly error: string
}

/** Runs `samsyn` in this process, with only the given settings. */
export const samsyn = async (words: readonly string[], environment: NodeJS.ProcessEnv): Promise<Outcome> => {
  const [out, error]: [string[], string[]] = [[], []]
  const tell = (text: string) => void out.push(`${text}\n`)
  const complain = (text: string) => void error.push(`${text}\n`)
  const code = await operate(words, { environment, tell, complain })
  return { code, out: out.join(''), error: error.join('') }
}

/** The same as an operator does: a process of its own. */
export const samsynProcess = (words: readonly string[], environment: NodeJS.ProcessEnv): Promise<Outcome> =>
  new Promise((ended) => {
    const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], ...environment }
    execFile(process.execPath, [join(import.meta.dirname, 'samsyn.ts'), ...words], { env }, (error, out, said) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1
      ended({ code, out, error: said })
    })
  })
