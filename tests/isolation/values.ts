import {
  type GraphQLInputType,
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
} from 'graphql'

/** What there is to ask about, for one who asks. Ids are global, by type. */
export interface Choices {
  readonly own: ReadonlyMap<string, readonly string[]>
  readonly foreign: ReadonlyMap<string, readonly string[]>
  readonly never: ReadonlyMap<string, string>
  /** Journal cursors: the own stream's beginning, a foreign one's, one that never was. */
  readonly cursors: readonly string[]
  /** Places in lists: at an own thing, a foreign one, one that never was. */
  readonly places: readonly string[]
}

/** The beginning of every canary: a search that finds them all. */
export const COMMON = 'kanarie'
/** Of each type: alone, and in lists, which must fit in a message of the live door. */
const SOME = 3
const MANY = 8

/**
 * Values worth trying for an argument, by its type alone, so that an argument added tomorrow is tried as well. A type that
 * nothing is known of fails.
 */
export const valuesOf = (name: string, type: GraphQLInputType, choices: Choices): unknown[] => {
  if (isNonNullType(type)) return valuesOf(name, type.ofType, choices)
  if (isListType(type)) {
    const inner = isNonNullType(type.ofType) ? type.ofType.ofType : type.ofType
    if (!isListType(inner) && inner.name === 'ID')
      return [all(choices.own), all(choices.foreign), [...choices.never.values()], [...all(choices.own), ...all(choices.foreign)]]
    return valuesOf(name, type.ofType, choices).map((value) => [value])
  }
  if (isEnumType(type)) return type.getValues().map((value) => value.name)
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields())
    const required = Object.fromEntries(
      fields.filter(isRequiredInputField).map((field) => [field.name, valuesOf(field.name, field.type, choices)[0]]),
    )
    return fields.flatMap((field) =>
      valuesOf(field.name, field.type, choices).map((value) => ({ ...required, [field.name]: value })),
    )
  }
  return scalars(name, type, choices)
}

const scalars = (name: string, type: GraphQLNamedType, { own, foreign, never, cursors, places }: Choices): unknown[] => {
  switch (type.name) {
    case 'ID':
      return [...some(own), ...some(foreign), ...never.values()]
    case 'Boolean':
      return [true, false]
    case 'Int':
      return [1, 100]
    case 'String':
      return name === 'after' || name === 'before' ? [...places] : [COMMON]
    case 'Cursor':
      return [...cursors, 'x']
    case 'Date':
      return ['2026-12-01']
    case 'DateTime':
      return ['2020-01-01T00:00:00.000Z', '2099-12-01T00:00:00.000Z']
    default:
      throw new Error(`say in values.ts what a ${type.name} looks like`)
  }
}

const all = (ids: ReadonlyMap<string, readonly string[]>): string[] => [...ids.values()].flatMap((of) => of.slice(0, MANY))
const some = (ids: ReadonlyMap<string, readonly string[]>): string[] => [...ids.values()].flatMap((of) => of.slice(0, SOME))
