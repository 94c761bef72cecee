import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildSchema, isEnumType, isInputObjectType, isInterfaceType, isObjectType, isSpecifiedScalarType } from 'graphql'
import { expect, test } from 'vitest'

// Whoever reads the schema without us beside them is told of everything what it is, not only what it is called.

const schema = buildSchema(readFileSync(join(import.meta.dirname, '../../schema/schema.graphql'), 'utf8'))

interface Described {
  readonly name: string
  readonly description?: string | null | undefined
}

/** Relay's own words on its own types are Relay's. */
const RELAY = /^(PageInfo|.*(Connection|Edge))$/

function* everything(): Generator<[string, Described]> {
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__') || isSpecifiedScalarType(type) || RELAY.test(type.name)) continue
    yield [type.name, type]
    if (isEnumType(type) && type.getValues().some(({ description }) => description))
      for (const value of type.getValues()) yield [`${type.name}.${value.name}`, value]
    if (isInputObjectType(type)) for (const field of Object.values(type.getFields())) yield [`${type.name}.${field.name}`, field]
    if (!isObjectType(type) && !isInterfaceType(type)) continue
    for (const field of Object.values(type.getFields())) {
      if (type.name !== 'Node' && field.name === 'id') continue
      yield [`${type.name}.${field.name}`, field]
      const relay = ['first', 'last', 'before', 'after']
      for (const argument of field.args)
        if (!relay.includes(argument.name) || argument.description)
          yield [`${type.name}.${field.name}(${argument.name})`, argument]
    }
  }
}

const wordsOf = (text: string): string[] =>
  text
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .match(/\p{L}+/gu) ?? []
const SMALL = new Set(['a', 'an', 'the', 'of', 'to', 'it', 'is', 'its', 's', 'this', 'that', 'and', 'or', 'in', 'for', 'by'])

/** What a description says that the name does not. */
const news = (coordinate: string, { description }: Described): string[] => {
  const known = new Set(wordsOf(coordinate))
  return wordsOf(description ?? '').filter((word) => !known.has(word) && !SMALL.has(word))
}

test('every type, field, argument and input says more than its name', () => {
  const all = [...everything()]
  const silent = all.filter(([coordinate, described]) => news(coordinate, described).length < 2)
  console.log(`${all.length} descriptions in the schema`)
  expect(silent.map(([coordinate, { description }]) => `${coordinate}: ${description ?? '(nothing)'}`)).toEqual([])
})

test('an enum explains its values, together or one by one', () => {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isEnumType(type) || type.name.startsWith('__')) continue
    const each = type.getValues().every(({ description }) => description)
    const together = type.getValues().filter(({ name }) => type.description?.includes(name)).length >= type.getValues().length / 2
    expect(each || together || (type.description ?? '').split(/[,;:]/).length >= type.getValues().length, type.name).toBe(true)
  }
})
