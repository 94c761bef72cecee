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

interface Waiting {
  readonly what: string
  readonly answered: (answer: unknown) => void
  readonly failed: (error: Error) => void
}

let asked = 0
const waiting = new WeakMap<ChildProcess, Map<number, Waiting>>()

const listen = (child: ChildProcess): Map<number, Waiting> => {
  const questions = new Map<number, Waiting>()
  waiting.set(child, questions)
  child.on('message', (message) => {
    const { number, answer, failed } = message as Answer
    const question = questions.get(number)
    questions.delete(number)
    if (failed === undefined) question?.answered(answer)
    else question?.failed(new Error(`${question.what}: ${failed}`))
  })
  child.once('exit', () => {
    for (const { what, failed } of questions.values()) failed(new Error(`the process ended before it answered: ${what}`))
  })
  return questions
}

export const ask = <Result>(child: ChildProcess, what: string, input?: unknown): Promise<Result> =>
  new Promise((answered, failed) => {
    const number = ++asked
    const questions = waiting.get(child) ?? listen(child)
    questions.set(number, { what, answered: (answer) => answered(answer as Result), failed })
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
