import { describe, expect, test } from 'vitest'
import { Tree, type Placed } from './tree.ts'

const clause = (id: string, parentId: string | null = null): Placed => ({ id, parentId, heading: id, text: `Om ${id}.` })
const base = [
  clause('syfte'),
  clause('områden'),
  clause('unga', 'områden'),
  clause('narkotika', 'områden'),
  clause('uppföljning'),
]
const shape = (tree: Tree) => tree.rows.filter(({ state }) => state !== 'removed').map(({ number, id }) => `${number} ${id}`)
const kinds = (tree: Tree) => tree.steps.map(({ kind, clauseId }) => `${kind} ${clauseId}`)

describe('a draft', () => {
  const agreed = Tree.of(base)

  test('with nothing changed has no steps, and moving there and back leaves none', () => {
    const down = agreed.put('unga', agreed.place('unga', 'down') ?? { parentId: null, afterId: null })
    expect(kinds(down)).toHaveLength(1)
    const back = down.put('unga', down.place('unga', 'up') ?? { parentId: null, afterId: null })
    expect(back.steps).toEqual([])
  })

  test('does many things at once, and its steps lead from the base to the same text', () => {
    const draft = agreed
      .add('ny', { parentId: null, afterId: 'syfte' }, { heading: 'Nytt', text: 'Ett nytt område.' })
      .add('nyare', { parentId: 'ny', afterId: null }, { heading: 'Under', text: 'Mer.' })
      .put('narkotika', { parentId: 'ny', afterId: 'nyare' })
      .put('uppföljning', { parentId: null, afterId: null })
      .write('syfte', { heading: 'Syfte', text: 'Andra ord.' })
      .remove('områden')
    expect(shape(draft)).toEqual(['1 uppföljning', '2 syfte', '3 ny', '3.1 nyare', '3.2 narkotika'])
    const again = Tree.of(base).after(draft.steps)
    expect(again.rows).toEqual(draft.rows)
    expect(again.steps).toEqual(draft.steps)
  })

  test('turns a parent and its child round', () => {
    const draft = agreed.put('unga', { parentId: null, afterId: 'syfte' }).put('områden', { parentId: 'unga', afterId: null })
    expect(Tree.of(base).after(draft.steps).rows).toEqual(draft.rows)
  })

  test('takes one change back and keeps the others', () => {
    const draft = agreed
      .remove('områden')
      .write('syfte', { heading: 'Syfte', text: 'Andra ord.' })
      .add('ny', { parentId: null, afterId: 'uppföljning' }, { heading: 'Nytt', text: '' })
    expect(kinds(draft)).toEqual(['CHANGE syfte', 'ADD ny', 'REMOVE områden'])
    expect(kinds(draft.without({ kind: 'REMOVE', clauseId: 'områden' }))).toEqual(['CHANGE syfte', 'ADD ny'])
    const child = draft.without({ kind: 'REMOVE', clauseId: 'unga' })
    expect(shape(child)).toEqual(['1 syfte', '2 områden', '2.1 unga', '3 uppföljning', '4 ny'])
    expect(kinds(child)).toEqual(['CHANGE syfte', 'ADD ny', 'REMOVE narkotika'])
    expect(kinds(child.without({ kind: 'ADD', clauseId: 'ny' }).without({ kind: 'CHANGE', clauseId: 'syfte' }))).toEqual([
      'REMOVE narkotika',
    ])
  })

  test('what was moved into a new clause survives when the new clause is taken back', () => {
    const draft = agreed
      .add('ny', { parentId: null, afterId: null }, { heading: 'Nytt', text: '' })
      .put('syfte', { parentId: 'ny', afterId: null })
    expect(draft.without({ kind: 'ADD', clauseId: 'ny' }).steps).toEqual([])
  })

  test('never stands below itself, nor deeper than four levels', () => {
    expect(agreed.put('områden', { parentId: 'unga', afterId: null })).toBe(agreed)
    const deep = agreed
      .add('tre', { parentId: 'unga', afterId: null }, { heading: '', text: '' })
      .add('fyra', { parentId: 'tre', afterId: null }, { heading: '', text: '' })
      .add('fyra b', { parentId: 'tre', afterId: 'fyra' }, { heading: '', text: '' })
    expect(deep.place('fyra b', 'in')).toBeNull()
    expect(deep.mayHoldMore('fyra')).toBe(false)
  })
})
