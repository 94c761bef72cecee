import {
  type GraphQLObjectType,
  getNamedType,
  isAbstractType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
} from 'graphql'
import { type Choices, valuesOf } from './values.ts'
import type { Variables } from './doors.ts'
import type { Walk } from './walk.ts'

/** One thing to ask, and the fields that it reaches. */
export interface Operation {
  readonly name: string
  readonly document: string
  readonly variables: Variables
  readonly reached: ReadonlySet<string>
}

/** How far below a thing is looked: every field is reached from somewhere at either depth, and from more places at the greater. */
const DEEP = process.env['PROVE'] === undefined ? 3 : 4
const SHALLOW = 2

/** Everything that can be read, as one who has these choices asks for it. */
export const queries = (walk: Walk, choices: Choices): Operation[] => [
  ...roots(walk),
  ...nodes(walk, choices),
  ...paths(walk).flatMap((path) => variants(walk, path, choices)),
]

/** Each root field with all that is below it. */
const roots = (walk: Walk): Operation[] =>
  rootFields(walk)
    .filter(({ args }) => !args.some(isRequiredArgument))
    .map(({ name, type }) => {
      const { written, reached } = walk.noting(() => {
        walk.note(`Query.${name}`)
        return `{__typename ${name}${walk.selection(getNamedType(type), DEEP)}}`
      })
      return { name: `query ${name}`, document: written, variables: {}, reached }
    })

/** A thing of each type by its id, with all that is below it. */
const nodes = (walk: Walk, { own }: Choices): Operation[] => {
  const node = walk.schema.getType('Node')
  if (!isInterfaceType(node)) return []
  return walk.schema.getPossibleTypes(node).map((type) => {
    const ids = (own.get(type.name) ?? []).slice(0, 4)
    const { written, reached } = walk.noting(() => `fragment F on ${type.name}${walk.selection(type, DEEP - 1)}`)
    const parameters = ids.map((_, index) => `$id${index}:ID!`).join(',')
    const fields = ids.map((_, index) => `node__${index}:node(id:$id${index}){__typename ...F}`).join(' ')
    const document = ids.length > 0 ? `query(${parameters}){${fields}} ${written}` : `{node(id:"x"){__typename ...F}} ${written}`
    return {
      name: `node ${type.name}`,
      document,
      variables: Object.fromEntries(ids.map((id, index) => [`id${index}`, id])),
      reached,
    }
  })
}

/** How one comes to a field that takes arguments: the fields above it, and the type that it stands on. */
interface Path {
  readonly above: readonly string[]
  readonly type: GraphQLObjectType
  readonly field: string
}

const rootFields = (walk: Walk) => Object.values(walk.schema.getQueryType()?.getFields() ?? {})

/** The shortest way to each field with arguments. */
const paths = (walk: Walk): Path[] => {
  const root = walk.schema.getQueryType()
  if (!root) return []
  const found: Path[] = []
  const seen = new Set([root.name])
  const queue: { type: GraphQLObjectType; above: readonly string[] }[] = [{ type: root, above: [] }]
  for (const { type, above } of queue) {
    for (const field of Object.values(type.getFields())) {
      if (field.args.length > 0) found.push({ above, type, field: field.name })
      const inner = getNamedType(field.type)
      if (!isObjectType(inner) || seen.has(inner.name) || field.args.some(isRequiredArgument)) continue
      seen.add(inner.name)
      queue.push({ type: inner, above: [...above, field.name] })
    }
  }
  return found
}

const AT_ONCE = 30

/** One field with each of its arguments at each value worth trying, under names of their own. */
const variants = (walk: Walk, { above, type, field }: Path, choices: Choices): Operation[] => {
  const definition = type.getFields()[field]
  if (!definition) return []
  const required = definition.args.filter(isRequiredArgument)
  const tried = definition.args.flatMap((argument) =>
    valuesOf(argument.name, argument.type, choices).map((value) => {
      const others = required.filter(({ name }) => name !== argument.name)
      return [
        { argument, value },
        ...others.map((other) => ({ argument: other, value: valuesOf(other.name, other.type, choices)[0] })),
      ]
    }),
  )
  const inner = getNamedType(definition.type)
  const parts = Array.from({ length: Math.ceil(tried.length / AT_ONCE) }, (_, part) =>
    tried.slice(part * AT_ONCE, (part + 1) * AT_ONCE),
  )
  return parts.map((part, number) => {
    const variables: Record<string, unknown> = {}
    const parameters: string[] = []
    const { written, reached } = walk.noting(() => {
      const fields = part.map((values, index) => {
        walk.note(`${type.name}.${field}`)
        const given = values.map(({ argument, value }) => {
          const variable = `v${index}_${argument.name}`
          variables[variable] = value
          parameters.push(`$${variable}:${String(argument.type)}`)
          walk.note(`${type.name}.${field}(${argument.name})`)
          return `${argument.name}:$${variable}`
        })
        return `${field}__${index}:${field}(${given.join(',')})${isLeafType(inner) ? '' : '{...F}'}`
      })
      // What may be anything is asked for itself above, to its depth.
      const depth = isAbstractType(inner) ? 1 : SHALLOW
      const fragment = isLeafType(inner) ? '' : `fragment F on ${inner.name}${walk.selection(inner, depth)}`
      return `${'{'}${above.map((name) => `__typename ${name}{`).join('')}__typename ${fields.join(' ')}${'}'.repeat(above.length)}} ${fragment}`
    })
    return {
      name: `${type.name}.${field} with arguments, ${number + 1}`,
      document: `query(${parameters.join(',')})${written}`,
      variables,
      reached,
    }
  })
}

/** All entries after a cursor, with all that is below them: as a query, or as a subscription, filtered or not. */
export const changes = (walk: Walk, kind: 'query' | 'subscription'): { document: string; reached: ReadonlySet<string> } => {
  const root = kind === 'query' ? walk.schema.getQueryType() : walk.schema.getSubscriptionType()
  const field = root?.getFields()['changes']
  if (!root || !field) throw new Error(`the ${kind} has no changes`)
  const names = ['after', 'filter']
  const given = field.args.filter(({ name }) => names.includes(name))
  const { written, reached } = walk.noting(() => {
    walk.note(`${root.name}.changes`)
    for (const { name } of given) walk.note(`${root.name}.changes(${name})`)
    const parameters = given.map(({ name, type }) => `$${name}:${String(type)}`)
    const passed = given.map(({ name }) => `${name}:$${name}`)
    return `${kind}(${parameters.join(',')}){changes(${passed.join(',')})${walk.selection(getNamedType(field.type), 3)}}`
  })
  return { document: written, reached }
}
