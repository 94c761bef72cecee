import { afterEach, expect, test, vi } from 'vitest'
import { steady } from './steady.ts'

afterEach(() => vi.useRealTimers())

const act = { method: 'POST', body: JSON.stringify({ variables: { input: { idempotencyKey: 'one' } } }) }
const question = { method: 'POST', body: JSON.stringify({ query: '{ cursor }' }) }
const lost = () =>
  Response.json({ data: null, errors: [{ message: 'done', extensions: { code: 'ANSWER_LOST', retryAfter: 1_000 } }] })
const done = () => Response.json({ data: { makeKey: { __typename: 'KeyMade' } } })

/** Sends it where these are the answers, one after the other; what was sent, and what was told in the end. */
const sending = async (init: RequestInit, answers: readonly (() => Response)[]) => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const sent: unknown[] = []
  const fetched = steady(async (_resource, { body } = {}) => {
    sent.push(body)
    const answer = answers[sent.length - 1]
    if (!answer) throw new TypeError('nobody answers')
    return answer()
  })('/graphql', init).then((response) => response.json())
  fetched.catch(() => undefined)
  await vi.advanceTimersByTimeAsync(60_000)
  return { sent, told: await fetched.catch(String) }
}

test('an act that has been done and whose answer was lost is sent again as it was, and told what it would have been', async () => {
  expect(await sending(act, [lost, lost, done])).toEqual({ sent: [act.body, act.body, act.body], told: await done().json() })
})

test('it gives up after a while, and says what it was told last', async () => {
  const { sent, told } = await sending(act, [lost, lost, lost, done])
  expect([sent.length, told]).toEqual([3, await lost().json()])
})

test('what gets no answer at all is sent again too, and a question never', async () => {
  expect((await sending(question, [])).sent).toHaveLength(1)
  expect((await sending(act, [])).sent).toHaveLength(3)
})
