import { expect, test } from 'vitest'
import { compareWords } from '../graph/words.ts'
import { compare, isOvertaken } from './compare.ts'
import { applySteps, type ClauseText, hashOfText, placed, type Step } from './text.ts'

// Texts are made by chance, from a seed: the same ones every time, and many.

const chance = (seed: number) => {
  let state = seed
  return (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}
const WORDS = ['parterna', 'ska', 'följa', 'upp', 'avtalet', 'varje', 'år,', 'och', 'Å-laget', '\n\n', '–', '2.1']
const sentence = (draw: (below: number) => number, length: number): string =>
  Array.from({ length }, () => WORDS[draw(WORDS.length)] ?? '').join(' '.repeat(1 + draw(2)))

/** So many clauses, every fifth at the top. */
const textOf = (count: number, draw: (below: number) => number): ClauseText[] => {
  let top: string | null = null
  return Array.from({ length: count }, (_, index) => {
    const id = `clause-${index}`
    const parent = index % 5 === 0 ? null : top
    if (parent === null) top = id
    return { id, parent, heading: sentence(draw, 4), text: sentence(draw, 60) }
  })
}
const step = (given: Partial<Step> & Pick<Step, 'kind' | 'clause'>): Step => ({
  parent: null,
  after: null,
  heading: null,
  text: null,
  ...given,
})
const applied = (clauses: readonly ClauseText[], steps: readonly Step[]): ClauseText[] => {
  const made = applySteps(clauses, steps)
  if (!Array.isArray(made)) throw new Error(JSON.stringify(made))
  return made
}

test('words and white space are never lost, whatever the texts', () => {
  const draw = chance(1)
  for (let round = 0; round < 300; round += 1) {
    const [before, after] = [sentence(draw, draw(40)), sentence(draw, draw(40))]
    const pieces = compareWords(before, after)
    const of = (kind: string) => pieces.filter((piece) => piece.kind === 'KEPT' || piece.kind === kind).map(({ text }) => text)
    expect(of('REMOVED').join('')).toBe(before)
    expect(of('ADDED').join('')).toBe(after)
  }
})

test('a text beside itself is the same throughout', () => {
  const text = placed(textOf(50, chance(2)))
  expect(compare(text, text).every(({ change, moved }) => change === 'SAME' && !moved)).toBe(true)
})

test('one clause that passes nine others is one that has moved', () => {
  const text = textOf(50, chance(3))
  const moved = applied(text, [step({ kind: 'MOVE', clause: 'clause-0', after: 'clause-45' })])
  const comparison = compare(placed(text), placed(moved))
  expect(comparison.filter((one) => one.moved).map(({ clause }) => clause)).toEqual(['clause-0'])
  // What stands under it has come along, and has not moved by that.
  expect(comparison.at(-4)).toMatchObject({ clause: 'clause-1', moved: false, change: 'SAME', after: { number: '10.1' } })
})

test('what is added, changed, taken away and put under another clause is told as that, where it stands', () => {
  const text = textOf(10, chance(4))
  const made = applied(text, [
    step({ kind: 'REMOVE', clause: 'clause-2' }),
    step({ kind: 'ADD', clause: 'ny', parent: 'clause-0', after: 'clause-1', heading: 'Ny', text: 'Ny text' }),
    step({ kind: 'CHANGE', clause: 'ny', text: 'Ny text, ändrad' }),
    step({ kind: 'CHANGE', clause: 'clause-4', heading: 'Annan rubrik' }),
    step({ kind: 'MOVE', clause: 'clause-9', parent: 'clause-0', after: 'clause-4' }),
  ])
  const told = compare(placed(text), placed(made)).map(({ clause, change, moved, before, after }) =>
    [clause, change, moved ? 'moved' : '', before?.number ?? '-', after?.number ?? '-'].join(' '),
  )
  expect(told).toEqual([
    'clause-0 SAME  1 1',
    'clause-1 SAME  1.1 1.1',
    'clause-2 REMOVED  1.2 -',
    'ny ADDED  - 1.2',
    'clause-3 SAME  1.3 1.3',
    'clause-4 CHANGED  1.4 1.4',
    'clause-9 SAME moved 2.4 1.5',
    'clause-5 SAME  2 2',
    'clause-6 SAME  2.1 2.1',
    'clause-7 SAME  2.2 2.2',
    'clause-8 SAME  2.3 2.3',
  ])
})

test('steps that do not fit say which, and why', () => {
  const text = textOf(10, chance(5))
  const problem = (...steps: Step[]) => applySteps(text, steps)
  expect(problem(step({ kind: 'CHANGE', clause: 'ingen', text: 'x' }))).toMatchObject({
    step: 0,
    field: 'clause',
    code: 'UNKNOWN',
  })
  expect(problem(step({ kind: 'ADD', clause: 'clause-1', heading: 'x' }))).toMatchObject({ field: 'clause', code: 'TAKEN' })
  expect(problem(step({ kind: 'MOVE', clause: 'clause-0', parent: 'clause-1' }))).toMatchObject({
    field: 'parent',
    code: 'UNKNOWN',
  })
  expect(problem(step({ kind: 'MOVE', clause: 'clause-0', after: 'clause-6' }))).toMatchObject({
    field: 'after',
    code: 'UNKNOWN',
  })
  expect(
    problem(step({ kind: 'REMOVE', clause: 'clause-0' }), step({ kind: 'CHANGE', clause: 'clause-1', text: 'x' })),
  ).toMatchObject({ step: 1, field: 'clause', code: 'UNKNOWN' })
  const deep = ['a', 'b', 'c', 'd', 'e', 'f'].map((clause, index, all) =>
    step({ kind: 'ADD', clause, heading: clause, parent: all[index - 1] ?? null }),
  )
  expect(applySteps([], deep)).toMatchObject({ step: 5, field: 'parent', code: 'TOO_MANY', limit: 4 })
  expect(applySteps([], deep.slice(0, 5))).toHaveLength(5)
})

test('a proposal is overtaken by what touches the same clauses, and by nothing else', () => {
  const base = textOf(20, chance(6))
  const mine = [
    step({ kind: 'CHANGE', clause: 'clause-3', text: 'Mitt' }),
    step({ kind: 'MOVE', clause: 'clause-6', parent: 'clause-5', after: 'clause-8' }),
    step({ kind: 'REMOVE', clause: 'clause-10' }),
  ]
  const overtaken = (...steps: Step[]) => isOvertaken(placed(base), placed(applied(base, steps)), mine)
  expect(overtaken()).toBe(false)
  expect(overtaken(step({ kind: 'CHANGE', clause: 'clause-4', text: 'Annat' }))).toBe(false)
  expect(overtaken(step({ kind: 'ADD', clause: 'ny', heading: 'Ny', after: 'clause-0' }))).toBe(false)
  expect(overtaken(step({ kind: 'MOVE', clause: 'clause-3', parent: 'clause-15' }))).toBe(false)
  expect(overtaken(step({ kind: 'CHANGE', clause: 'clause-3', text: 'Deras' }))).toBe(true)
  expect(overtaken(step({ kind: 'REMOVE', clause: 'clause-3' }))).toBe(true)
  expect(overtaken(step({ kind: 'MOVE', clause: 'clause-6', parent: 'clause-15' }))).toBe(true)
  expect(overtaken(step({ kind: 'REMOVE', clause: 'clause-8' }))).toBe(true)
  expect(overtaken(step({ kind: 'CHANGE', clause: 'clause-11', text: 'Under det som tas bort' }))).toBe(true)
  expect(overtaken(step({ kind: 'ADD', clause: 'ny', heading: 'Under det', parent: 'clause-10' }))).toBe(true)
})

test('the hash is of everything that is signed', () => {
  const clauses = placed([{ id: 'b', parent: null, heading: 'Å "citat"', text: 'rad\u2028två\n' }])
  const hash = hashOfText('a', 1, 'Avtal', clauses)
  expect(hash).toMatch(/^[0-9a-f]{64}$/)
  const others = [
    hashOfText('b', 1, 'Avtal', clauses),
    hashOfText('a', 2, 'Avtal', clauses),
    hashOfText('a', 1, 'avtal', clauses),
    hashOfText('a', 1, 'Avtal', []),
  ]
  expect(new Set([hash, ...others]).size).toBe(5)
})

test('two hundred clauses, many moved and reworded, are compared in a moment', () => {
  const draw = chance(7)
  const text = textOf(200, draw)
  const steps = text.flatMap(({ id, text: words }, index): Step[] =>
    index % 3 === 0 ? [step({ kind: 'CHANGE', clause: id, text: words.replaceAll('ska', 'bör') + sentence(draw, 8) })] : [],
  )
  const moves = Array.from({ length: 15 }, (_, index) =>
    step({ kind: 'MOVE', clause: `clause-${index * 10}`, after: `clause-${195 - index * 5}` }),
  ).filter(({ clause, after }) => clause !== after)
  const [before, after] = [placed(text), placed(applied(text, [...steps, ...moves]))]
  const times = Array.from({ length: 15 }, () => {
    const start = performance.now()
    compare(before, after)
    return performance.now() - start
  })
  expect(compare(before, after).filter(({ change }) => change === 'CHANGED')).toHaveLength(67)
  console.log(`200 clauses compared in ${times.toSorted((a, b) => a - b)[7]?.toFixed(1)} ms (median)`)
})
