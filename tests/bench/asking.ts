import type { ChildProcess } from 'node:child_process'

// Questions to another process and their answers, over Node's own channel between the two.

interface Question {
  readonly number: number
  readonly what: string
  readonly input: unknown
}
interface Answer {
  readonly number: number
  readonly answer?: unknown
  readonly failed?: string
}

let asked = 0

export const ask = <Result>(child: ChildProcess, what: string, input?: unknown): Promise<Result> =>
  new Promise((answered, failed) => {
    const number = ++asked
    const leave = () => {
      child.off('message', hear)
      child.off('exit', gone)
    }
    const gone = () => {
      leave()
      failed(new Error(`the process ended before it answered: ${what}`))
    }
    const hear = (message: unknown) => {
      const said = message as Answer
      if (said.number !== number) return
      leave()
      if (said.failed === undefined) answered(said.answer as Result)
      else failed(new Error(`${what}: ${said.failed}`))
    }
    child.on('message', hear)
    child.once('exit', gone)
    child.send({ number, what, input } satisfies Question)
  })

/** In the process that is asked. */
export const answering = (answers: Readonly<Record<string, (input: unknown) => unknown>>): void => {
  process.on('message', (message) => {
    const { number, what, input } = message as Question
    const answer = answers[what]
    if (!answer) return
    const found = Promise.resolve().then(() => answer(input))
    found.then(
      (result) => process.send?.({ number, answer: result } satisfies Answer),
      (error: unknown) => process.send?.({ number, failed: String(error) } satisfies Answer),
    )
  })
}
