import { readFileSync } from 'node:fs'
import { buildSchema, parse } from 'graphql'
import { expect, test } from 'vitest'
import { costOf } from './cost.ts'
import { shapeOf } from './shape.ts'

// As printed: what fields say of their own price and size is not in it.
const schema = buildSchema(readFileSync(new URL('../../../schema/schema.graphql', import.meta.url), 'utf8'))
const cost = (text: string, variables: Record<string, unknown> = {}, operationName?: string): number =>
  costOf({ schema, document: parse(text), variables, operationName })

const TASKS = (first: string) => `collaboration { tasks${first} { nodes { title comments(first: 10) { nodes { text } } } } }`
/** An operation, the collaboration, the list, and each task with its list of ten. */
const ofTasks = (tasks: number) => 100 + 1 + 1 + tasks * (1 + 1 + 10)

test('a list costs what its page holds: as written, as a variable, as its default, as usual, and never more than a hundred', () => {
  expect(cost(`{ ${TASKS('(first: 7)')} }`)).toBe(ofTasks(7))
  expect(cost(`{ ${TASKS('(last: 7)')} }`)).toBe(ofTasks(7))
  const variable = `query ($first: Int = 8) { ${TASKS('(first: $first)')} }`
  expect(cost(variable, { first: 9 })).toBe(ofTasks(9))
  expect(cost(variable)).toBe(ofTasks(8))
  expect(cost(`query ($first: Int) { ${TASKS('(first: $first)')} }`, { first: null })).toBe(ofTasks(25))
  expect(cost(`{ ${TASKS('')} }`)).toBe(ofTasks(25))
  expect(cost(`{ ${TASKS('(first: 1000000)')} }`)).toBe(ofTasks(100))
  expect(cost(`{ ${TASKS('(first: -5)')} }`)).toBe(ofTasks(1))
})

test('edges are counted beside nodes, and each time again under another name', () => {
  const nodes = 'nodes { title }'
  const edges = 'edges { node { title } }'
  const list = (inner: string) => cost(`{ collaboration { tasks(first: 10) { ${inner} } } }`)
  expect(list(nodes)).toBe(102 + 10)
  expect(list(`${nodes} ${edges}`)).toBe(102 + 10 + 20)
  expect(cost(`{ a: collaboration { name } b: collaboration { name } }`)).toBe(102)
})

test('what is asked for by ids costs as many, and where anything may come the dearest', () => {
  expect(cost('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: ['a', 'b', 'c'] })).toBe(103)
  expect(cost('{ nodes(ids: ["a", "b"]) { id } }')).toBe(102)
  const task = '... on Task { comments(first: 50) { nodes { text } } }'
  const member = '... on Member { name }'
  expect(cost(`{ node(id: "x") { ${task} ${member} } }`)).toBe(100 + 1 + 1 + 50)
  expect(cost(`{ node(id: "x") { ${member} } }`)).toBe(101)
})

test('an act costs a transaction more, each of several, and only the named operation counts', () => {
  const act = (name: string) => `${name}: archiveTask(input: { id: "x" }) { __typename }`
  expect(cost(`mutation { ${act('a')} }`)).toBe(201)
  expect(cost(`mutation { ${act('a')} ${act('b')} }`)).toBe(302)
  expect(cost(`query One { cursor } mutation Two { ${act('a')} }`, {}, 'One')).toBe(100)
  expect(cost(`query One { cursor } mutation Two { ${act('a')} }`, {}, 'Two')).toBe(201)
})

test('written out it would be endless; it is measured at once, and is as dear as it is', () => {
  const levels = Array.from({ length: 60 }, (_, level) => `fragment F${level} on Query { ...F${level + 1} ...F${level + 1} }`)
  const bomb = `{ ...F0 } ${levels.join(' ')} fragment F60 on Query { viewer { a: seats { slug } } }`
  const start = performance.now()
  expect(cost(bomb)).toBe(100 + 2 ** 60 * 6)
  expect(shapeOf(parse(bomb))).toEqual({ depth: 3, aliases: 2 ** 60, directives: 0 })
  expect(performance.now() - start).toBeLessThan(200)
})
