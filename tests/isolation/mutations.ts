import { randomUUID } from 'node:crypto'
import {
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputObjectType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isUnionType,
} from 'graphql'
import type { Choices } from './values.ts'
import type { Variables } from './doors.ts'
import { EVERYTHING } from '../webhooks/hooks.ts'
import { letters } from './ledger.ts'
import type { Walk } from './walk.ts'

/**
 * Guards: every mutation is tried on what is foreign, also one added tomorrow.
 *
 * Inputs are written from the schema. What an id names is read from its description ("The task.", "Ids of Party"), so a
 * description that doesn't say it fails the suite.
 */
export interface Reference {
  readonly mutation: string
  readonly input: GraphQLInputObjectType
  readonly field: string
  /** The type that the id names. */
  readonly type: string
  readonly list: boolean
}

type Mutation = GraphQLField<unknown, unknown>

export const mutationFields = (walk: Walk): Mutation[] => Object.values(walk.schema.getMutationType()?.getFields() ?? {})

export const inputOf = (mutation: Mutation): GraphQLInputObjectType => {
  const input = mutation.args.find(({ name }) => name === 'input')
  const type = input && getNamedType(input.type)
  if (!type || !isInputObjectType(type) || mutation.args.length !== 1)
    throw new Error(`${mutation.name} takes something else than an input`)
  return type
}

const isMinted = ({ description }: GraphQLInputField): boolean => /\bminted\b/i.test(description ?? '')
const isId = ({ type }: GraphQLInputField): boolean => getNamedType(type).name === 'ID'
const isList = ({ type }: GraphQLInputField): boolean => isListType(isNonNullType(type) ? type.ofType : type)

const named = (walk: Walk, input: GraphQLInputObjectType, field: GraphQLInputField): string => {
  const types = walk.schema.getPossibleTypes(walk.schema.getType('Node') as never).map(({ name }) => name)
  const description = field.description ?? ''
  const [, exact] = /\bIds? of (\w+)/.exec(description) ?? []
  const words = exact ? [exact] : description.split(/\W+/)
  const found = words
    .map((word) => types.find((type) => type.toLowerCase() === word.toLowerCase()))
    .find((type) => type !== undefined)
  if (!found) throw new Error(`the description of ${input.name}.${field.name} does not say of what it is the id`)
  return found
}

/** Every id in every input that names something. */
export const references = (walk: Walk): Reference[] =>
  mutationFields(walk).flatMap((mutation) => {
    const input = inputOf(mutation)
    return Object.values(input.getFields())
      .filter((field) => isId(field) && !isMinted(field))
      .map((field) => ({
        mutation: mutation.name,
        input,
        field: field.name,
        type: named(walk, input, field),
        list: isList(field),
      }))
  })

/** Every id in every input that the caller makes up. */
export const mintedFields = (walk: Walk): { mutation: string; field: string }[] =>
  mutationFields(walk).flatMap((mutation) =>
    Object.values(inputOf(mutation).getFields())
      .filter((field) => isId(field) && isMinted(field))
      .map((field) => ({ mutation: mutation.name, field: field.name })),
  )

export interface Filling {
  readonly subject: (type: string) => string
  /** Which of an enum's values, and so on; differs from try to try. */
  readonly variant: number
  readonly version: number
  readonly words: () => string
}

/** Words that are a title, a name and an address at once. */
export const words = (): string => `ord${letters(6)}@hem.example`

/** An input that could be right: what is required, and of the rest all but ids. */
export const fill = (walk: Walk, input: GraphQLInputObjectType, filling: Filling): Record<string, unknown> =>
  Object.fromEntries(
    Object.values(input.getFields()).flatMap((field): [string, unknown][] => {
      const required = isNonNullType(field.type)
      if (isId(field)) {
        if (!required) return []
        return [[field.name, isMinted(field) ? randomUUID() : filling.subject(named(walk, input, field))]]
      }
      const value = single(walk, field, filling)
      return [[field.name, isList(field) ? [value] : value]]
    }),
  )

/** What must be more than words to be right. */
const WRITTEN: Readonly<Record<string, string>> = { url: 'https://system.example/hook', document: EVERYTHING }

const single = (walk: Walk, field: GraphQLInputField, filling: Filling): unknown => {
  const type = getNamedType(field.type)
  if (isInputObjectType(type)) return fill(walk, type, filling)
  if (isEnumType(type)) return type.getValues()[filling.variant % type.getValues().length]?.name
  switch (type.name) {
    case 'String':
      return WRITTEN[field.name] ?? filling.words()
    // Where in a stream: where it matters, it is said by whoever tries.
    case 'Cursor':
      return null
    case 'Int':
      return filling.version
    case 'Boolean':
      return true
    case 'Date':
      return field.name === 'validTo' ? '2027-01-01' : '2026-12-01'
    case 'DateTime':
      return new Date(Date.now() + 86_400_000).toISOString()
    default:
      throw new Error(`say in mutations.ts what a ${type.name} looks like`)
  }
}

export interface Act {
  /** The mutation, and the field with the id that is tried. */
  readonly reference: string
  readonly mutation: string
  readonly input: Variables
}

/** Several acts in one document, each under a name of its own. */
export const acting = (
  walk: Walk,
  acts: readonly Act[],
  depth: number,
): { document: string; variables: Variables; reached: ReadonlySet<string> } => {
  const fields = new Map(mutationFields(walk).map((field) => [field.name, field]))
  const used = new Set<string>()
  const { written, reached } = walk.noting(() => {
    const parts = acts.map(({ mutation }, index) => {
      walk.note(`Mutation.${mutation}`)
      walk.note(`Mutation.${mutation}(input)`)
      used.add(mutation)
      return `${mutation}__${index}:${mutation}(input:$i${index}){...F_${mutation}}`
    })
    const fragments = [...used].map((name) => {
      const result = getNamedType(fields.get(name)?.type ?? never(name))
      return `fragment F_${name} on ${result.name}${walk.selection(result, depth)}`
    })
    return `{${parts.join(' ')}} ${fragments.join(' ')}`
  })
  const parameters = acts.map(({ mutation }, index) => `$i${index}:${inputOf(fields.get(mutation) ?? never(mutation)).name}!`)
  return {
    document: `mutation(${parameters.join(',')})${written}`,
    variables: Object.fromEntries(acts.map(({ input }, index) => [`i${index}`, input])),
    reached,
  }
}

/**
 * The same, asking only which member of the union was answered, and for those members that every mutation can answer with
 * (the failures) for all their own values: what must not differ between a foreign id and one that never existed.
 */
export const outcomes = (walk: Walk, acts: readonly Act[]): { document: string; variables: Variables } => {
  const unions = mutationFields(walk).map((field) => getNamedType(field.type))
  const members = unions.map((union) => (isUnionType(union) ? walk.schema.getPossibleTypes(union).map(({ name }) => name) : []))
  const failures = (members[0] ?? []).filter((name) => members.every((of) => of.includes(name)))
  const select = failures.map(
    (name) => `...on ${name}{${walk.selection(walk.schema.getType(name) ?? never(name), 1).slice(1, -1)}}`,
  )
  const fields = acts.map(
    ({ mutation }, index) => `${mutation}__${index}:${mutation}(input:$i${index}){__typename ${select.join(' ')}}`,
  )
  const inputs = new Map(mutationFields(walk).map((field) => [field.name, inputOf(field).name]))
  const parameters = acts.map(({ mutation }, index) => `$i${index}:${inputs.get(mutation)}!`)
  return {
    document: `mutation(${parameters.join(',')}){${fields.join(' ')}}`,
    variables: Object.fromEntries(acts.map(({ input }, index) => [`i${index}`, input])),
  }
}

const never = (name: string): never => {
  throw new Error(`no such thing in the schema: ${name}`)
}

/** Each reference at ids of others and at ids that never were, everything else being right. */
export const foreignActs = (walk: Walk, { foreign, never: unborn, own }: Choices, subject: (type: string) => string): Act[] =>
  references(walk).flatMap((reference) => {
    const wrong = [...(foreign.get(reference.type) ?? []).slice(0, 4), unborn.get(reference.type) ?? '']
    // An id of another type is tried as well: what is foreign may hide behind a name that fits.
    const misnamed = [...foreign]
      .filter(([type]) => type !== reference.type)
      .flatMap(([, ids]) => ids.slice(0, 1))
      .slice(0, 2)
    const mixed = reference.list ? [[...(own.get(reference.type) ?? []).slice(0, 1), ...wrong.slice(0, 1)]] : []
    const one = (id: string) => (reference.list ? [id] : id)
    const tried = [
      ...wrong.map((id) => ({ value: one(id), by: '' })),
      ...misnamed.map((id) => ({ value: one(id), by: ', an id of another type' })),
      ...mixed.map((value) => ({ value, by: '' })),
    ]
    return tried.map(({ value, by }) => ({
      reference: `${reference.mutation}.${reference.field}${by}`,
      mutation: reference.mutation,
      input: { ...fill(walk, reference.input, { subject, variant: 0, version: 1, words }), [reference.field]: value },
    }))
  })
