import { describe, expect, test } from 'vitest'
import type { Happening } from './documents.ts'
import { gather, partiesOf } from './things.ts'

const party = (name: string, ordinal: number) => ({
  id: name,
  name,
  mark: name.slice(0, 1),
  ordinal,
  role: 'SIGNATORY' as const,
})
const [torsby, polisen] = [party('Torsby', 2), party('Polisen', 5)]
const task = { __typename: 'Task' as const, id: 'one', title: 'Skolvägen' }
const comment = { __typename: 'Comment' as const, id: 'said', task: { id: 'one', title: 'Skolvägen' }, clause: null }

let minute = 60
/** One after the other, the latest first, as they are told. */
const happened = (kind: string, subject: Happening['subject'], by: { party: typeof torsby; id: string } | null): Happening => {
  minute -= 1
  const actor = by && { id: by.id, name: by.id, title: '', removedAt: null, party: by.party }
  return {
    id: `${minute}`,
    kind,
    at: `2026-11-25T12:${minute}:00.000Z`,
    subjectId: subject?.id ?? '',
    actor,
    party: by?.party ?? null,
    subject,
  }
}
const me = { id: 'Torbjörn', party: torsby }
const colleague = { id: 'Tove', party: torsby }
const police = { id: 'Pontus', party: polisen }

describe('what happened, by thing', () => {
  test('a comment belongs to its task; each party’s acts are told in order, and how often', () => {
    const changes = gather(
      [
        happened('comment.written', comment, police),
        happened('comment.written', comment, police),
        happened('task.edited', task, colleague),
        happened('task.moved', task, police),
      ],
      me.id,
      null,
    )
    expect(changes).toHaveLength(1)
    expect(changes[0]).toMatchObject({ thing: { kind: 'task', id: 'one' }, count: 4 })
    expect(changes[0]?.doings.map(({ party: by, acts }) => [by?.name, acts])).toEqual([
      [
        'Polisen',
        [
          { kind: 'task.moved', times: 1 },
          { kind: 'comment.written', times: 2 },
        ],
      ],
      ['Torsby', [{ kind: 'task.edited', times: 1 }]],
    ])
  })

  test('one’s own acts are no news, nor is what can no longer be read; what the operator did is', () => {
    const version = { __typename: 'AgreementVersion' as const, id: 'v', number: 3 }
    const happenings = [
      happened('task.edited', task, me),
      happened('task.edited', null, police),
      happened('version.made', version, null),
    ]
    expect(gather(happenings, me.id, null).map(({ thing }) => thing)).toEqual([{ kind: 'version', id: 'v', number: 3 }])
    expect(partiesOf(happenings, me.id)).toEqual([])
  })

  test('of one party alone; parties are counted by things and stand in seat order', () => {
    const happenings = [
      happened('comment.written', comment, police),
      happened('task.moved', task, police),
      happened('task.created', { ...task, id: 'two' }, colleague),
    ]
    expect(gather(happenings, me.id, polisen.id).map(({ thing }) => thing.id)).toEqual(['one'])
    expect(partiesOf(happenings, me.id)).toEqual([
      { party: torsby, count: 1 },
      { party: polisen, count: 1 },
    ])
  })
})
