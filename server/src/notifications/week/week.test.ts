import { expect, test } from 'vitest'
import type { Happening } from './week.document.ts'
import { weekOf } from './week.ts'

const did = (party: string, kind: string, id: string, more: Partial<Happening> = {}): Happening => ({
  kind,
  at: '2026-11-27T08:00:00.000Z',
  party: { id: party, name: party },
  changes: [],
  subject: { __typename: kind.startsWith('task') ? 'Task' : 'Comment', id, title: id },
  ...more,
})
const to = (state: string) => ({ changes: [{ field: 'state', to: [state] }] })

test('by party, each deed to a thing once, the weightiest first and the rest as a number', () => {
  const shared = Array.from({ length: 8 }, (_, index) => did('Torsby', 'task.shared', `uppgift ${index}`))
  const [torsby, polisen, ...others] = weekOf([
    did('Torsby', 'task.moved', 'a', to('DELIVERED')),
    ...shared,
    ...shared,
    did('Polisen', 'comment.written', 'b'),
    did('Polisen', 'comment.written', 'c'),
    did('Sunne', 'task.moved', 'd', to('ONGOING')),
    did('Sunne', 'task.created', 'e'),
  ])
  expect(others).toEqual([])
  expect(torsby?.done.map(({ deed, subject }) => `${deed} ${subject.id}`)).toEqual([
    'delivered a',
    ...[0, 1, 2, 3, 4].map((index) => `shared uppgift ${index}`),
  ])
  expect([torsby?.more, torsby?.comments]).toEqual([3, 0])
  expect(polisen).toEqual({ party: 'Polisen', done: [], more: 0, comments: 2 })
})

test('what its reader can’t read, and what was taken back, is not told', () => {
  const withdrawn = { subject: { __typename: 'Comment', id: 'b', withdrawnAt: '2026-11-27T09:00:00.000Z' } }
  expect(
    weekOf([
      did('Torsby', 'task.shared', 'a', { subject: null }),
      did('Polisen', 'comment.written', 'b', withdrawn),
      did('Hubben', 'task.shared', 'c', { party: null }),
    ]),
  ).toEqual([])
})
