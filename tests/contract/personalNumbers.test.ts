import { afterAll, describe, expect, test } from 'vitest'
import { hasPersonalNumber as clients } from '../../client/src/lib/ui/personalNumbers.ts'
import { hasPersonalNumber as servers } from '../../server/src/access/personalNumbers.ts'
import { mint } from '../world/actor.ts'
import { act, does, jointTask, newTask } from '../world/acts.ts'
import { clauseOf, openProposal } from '../world/agreements.ts'
import { openWorld } from '../world/world.ts'
import { others, persons } from './personalNumbers.corpus.ts'

// Identity numbers of people are not for other parties to read. The rule, on numbers by the thousand; then what it refuses.

describe('the rule', () => {
  test('no number is missed, in any spelling', () => {
    const missed = persons.filter((text) => !servers(text))
    console.log(`${persons.length} texts with somebody's number: ${missed.length} missed`)
    expect(missed).toEqual([])
  })

  test('what is nobody’s is seldom taken for one, and then for a reason', () => {
    const alarms = Object.entries(others).map(([kind, texts]) => [kind, texts.filter((text) => servers(text)).length] as const)
    console.log(alarms.map(([kind, count]) => `${kind}: ${count} false alarms of ${others[kind]?.length}`).join('\n'))
    // A mobile number can be, digit for digit, somebody born in 2007; a date and a time of day cannot.
    expect(Object.fromEntries(alarms.filter(([kind, count]) => count > 0 && kind !== 'mobile numbers as ten digits'))).toEqual({})
    expect(Object.fromEntries(alarms)['mobile numbers as ten digits']).toBeLessThan(60)
  })

  test('the client warns of exactly what the server refuses', () => {
    const texts = [...persons, ...Object.values(others).flat()]
    expect(texts.filter((text) => clients(text) !== servers(text))).toEqual([])
  })
})

describe('what it refuses', async () => {
  const world = await openWorld()
  afterAll(world.close)
  const torsby = await world.as('Torsby')
  // The tax agency's own example.
  const number = '640823-3234'
  const text = `Prata med ${number} först`
  const refused = (...fields: string[]) => ({
    __typename: 'InvalidInput',
    issues: fields.map((field) => ({ field, code: 'PERSONAL_NUMBER', limit: null, detail: null })),
  })

  test('a draft keeps it, and cannot be shared with it', async () => {
    const { id, version } = await newTask(torsby, { title: text, description: text })
    await does(torsby, 'writeComment', { id: mint(), task: id, audience: 'AS_PARENT', text })
    for (const audience of ['SHARED', 'JOINT'])
      expect(await act(torsby, 'shareTask', { id, audience, with: [] })).toMatchObject(
        audience === 'SHARED' ? { issues: [{ field: 'with' }] } : refused('title', 'description'),
      )
    await does(torsby, 'editTask', { id, baseVersion: version, title: 'Prata först', description: '' })
    await does(torsby, 'shareTask', { id, audience: 'JOINT' })
  })

  test('a proposal keeps it too, and is not put before the others with it, wherever it stands', async () => {
    const changes = [{ kind: 'ADD', clause: mint(), heading: 'Ny', text }]
    const draft = await does(torsby, 'draftProposal', { id: mint(), title: text, reason: 'Tydligare så.', changes })
    expect(await act(torsby, 'openProposal', { id: draft.subject.id })).toMatchObject(refused('title', 'changes.0.text'))
    const open = await openProposal(torsby)
    expect(await act(torsby, 'answerProposal', { id: open, position: 'NO', reason: text })).toMatchObject(refused('reason'))
    const clause = await clauseOf(torsby, '2')
    const comment = { id: mint(), clause, audience: 'AS_PARENT', text }
    expect(await act(torsby, 'writeComment', comment)).toMatchObject(refused('text'))
  })

  test('what others read is refused beside its field, and nothing is saved', async () => {
    const { id, version, title } = await jointTask(torsby)
    expect(await act(torsby, 'editTask', { id, baseVersion: version, title: text, description: text })).toEqual(
      expect.objectContaining(refused('title', 'description')),
    )
    expect(await act(torsby, 'editTask', { id, baseVersion: version, description: text })).toMatchObject(refused('description'))
    const comment = { task: id, text }
    expect(await act(torsby, 'writeComment', { ...comment, id: mint(), audience: 'AS_PARENT' })).toMatchObject(refused('text'))
    const own = await does(torsby, 'writeComment', { ...comment, id: mint(), audience: 'OWN' })
    await does(torsby, 'editComment', { id: own.subject.id, baseVersion: 1, text: `${text}.` })
    const said = await does(torsby, 'writeComment', { id: mint(), task: id, audience: 'AS_PARENT', text: 'Hej' })
    expect(await act(torsby, 'editComment', { id: said.subject.id, baseVersion: 1, text })).toMatchObject(refused('text'))
    const { node } = await torsby.query<{ node: unknown }>(
      'query ($id: ID!) { node(id: $id) { ... on Task { title description } } }',
      { id },
    )
    expect(node).toEqual({ title, description: '' })
  })
})
