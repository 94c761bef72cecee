import { expect, test } from 'vitest'
import { Message } from './message.ts'

const ids = ['a1', 'b2', 'b2', 'å3', 'c"4', 'd5', 'e6']
const said = (id: string) => `{"id":${JSON.stringify(id)},"type":"next","payload":{"data":{"changes":[1,2]}}}`

test('under each id the same, whatever was asked for before', () => {
  const message = new Message({ data: { changes: [1, 2] } })
  for (const id of ids) expect(message.under(id).toString()).toBe(said(id))
})

test('bytes are used again for another id, and those that a socket holds are left as they are', () => {
  const message = new Message({ data: { changes: [1, 2] } })
  const first = message.under('a1')
  expect(message.under('b2')).toBe(first)
  message.hold()
  const held = first.toString()
  const [same, next] = [message.under('b2'), message.under('c3')]
  expect([same, next === first, message.under('d4')]).toEqual([first, false, next])
  expect(first.toString()).toBe(held)
})
