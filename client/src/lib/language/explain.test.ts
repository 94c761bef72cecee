import { CombinedError } from '@urql/core'
import { expect, test } from 'vitest'
import { problemOfError } from '../graph/outcome.ts'
import { explain } from './explain.ts'
import { dictionary as en } from './en/dictionary.ts'
import { dictionary as sv } from './sv/dictionary.ts'

// What a person reads who was refused by a bound, at whichever of the doors.

const refused = (extensions: Record<string, unknown>) =>
  problemOfError(new CombinedError({ graphQLErrors: [{ message: 'for developers', extensions }] }))

test('whoever has asked too much in a minute reads how long to wait, in seconds, one or many', () => {
  const problem = refused({ code: 'RATE_LIMITED', retryAfter: 2_001 })
  expect(problem).toEqual({ kind: 'hurried', retryAfter: 2_001 })
  expect(explain(problem, sv)).toBe('Du har gjort mycket på kort tid. Vänta 3 sekunder och försök igen.')
  expect(explain(refused({ code: 'RATE_LIMITED', retryAfter: 300 }), sv)).toContain('Vänta 1 sekund och')
  expect(explain(problem, en)).toBe('You have done a lot in a short time. Wait 3 seconds and try again.')
})

test('whoever has done what could not be answered does not read that it should be tried again', () => {
  const problem = refused({ code: 'ANSWER_LOST', retryAfter: 1_000 })
  expect(problem).toEqual({ kind: 'unanswered', retryAfter: 1_000 })
  expect(explain(problem, sv)).toBe('Det är gjort, men svaret kom inte fram. Ladda om sidan så syns det.')
  expect(explain(problem, en)).toBe('It has been done, but the answer did not arrive. Reload the page to see it.')
})
