import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getNamedType,
  getNullableType,
  getOperationAST,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isLeafType,
  isListType,
  isObjectType,
  Kind,
  OperationTypeNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql'
import { MOST_PER_PAGE, USUAL_PER_PAGE } from '../graph/builder.ts'

/**
 * Guards: what an operation may at most make the server read is known before anything of it is executed.
 *
 * A unit is one object read. A page is as large as `first` or `last` says, or as it is when neither does; a list without pages counts as
 * its field says (`extensions.size`), or as five. A field or a type may have a price of its own (`extensions.cost`), an act has one always.
 * Values cost nothing: they come with their object. Of a union the dearest member counts. What `@skip` leaves out is counted too.
 */
export interface Asked {
  readonly schema: GraphQLSchema
  readonly document: DocumentNode
  readonly operationName: string | null | undefined
  readonly variables: Readonly<Record<string, unknown>> | null | undefined
}

/** Parts of a list that says nothing of its size: parties at a table, people on a task, files, signatures. */
const USUAL_LIST = 5
/** Finding out who asks, and a transaction: about what it takes to read so many objects. */
const OPERATION = 100
/** A transaction of its own, its entries in the journal, and telling it. */
const ACT = 100
/** The schema is read from memory, and its depth is bounded by GraphQL's own rule. */
const INTROSPECTION = 100

declare module 'graphql' {
  interface GraphQLObjectTypeExtensions<_TSource, _TContext> {
    /** What each object of this type costs, where its field does not say; 1 unless said. */
    readonly cost?: number
  }
  interface GraphQLFieldExtensions<_TSource, _TContext, _TArgs> {
    /** What an object of this field costs beside what is read within it; 1 unless said. */
    readonly cost?: number
    /** Parts of this list, for its cost. */
    readonly size?: number
  }
}

const priceOf = (type: GraphQLNamedType): number => (isLeafType(type) ? 0 : isObjectType(type) ? (type.extensions.cost ?? 1) : 1)

type Field = GraphQLField<unknown, unknown>

/** What a subscription costs for one entry, as if it had been asked for alone: it is counted as a page of a hundred. */
export const costOfOne = (asked: Asked): number => Math.ceil(OPERATION + (costOf(asked) - OPERATION) / MOST_PER_PAGE)

export const costOf = ({ schema, document, operationName, variables }: Asked): number => {
  const operation = getOperationAST(document, operationName)
  const root = operation && schema.getRootType(operation.operation)
  if (!operation || !root) return 0
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition)
  const defaults = new Map(
    operation.variableDefinitions?.map(({ variable, defaultValue }) => [variable.name.value, defaultValue]),
  )

  const valueOf = (node: ValueNode | undefined): unknown => {
    if (!node) return undefined
    if (node.kind === Kind.VARIABLE) return variables?.[node.name.value] ?? valueOf(defaults.get(node.name.value))
    if (node.kind === Kind.INT) return Number(node.value)
    return node.kind === Kind.LIST ? node.values : undefined
  }
  const argumentOf = (field: Field, node: FieldNode, name: string): unknown => {
    const definition = field.args.find((argument) => argument.name === name)
    const given = valueOf(node.arguments?.find((argument) => argument.name.value === name)?.value)
    return definition && (given ?? definition.defaultValue)
  }
  /** How many things the field asks for, if it is one that asks for a number of them. */
  const pageOf = (field: Field, node: FieldNode): number | undefined => {
    if (!field.args.some(({ name }) => name === 'first' || name === 'ids')) return undefined
    const ids = argumentOf(field, node, 'ids')
    if (Array.isArray(ids)) return ids.length
    const asked = argumentOf(field, node, 'first') ?? argumentOf(field, node, 'last')
    return Math.min(Math.max(typeof asked === 'number' ? asked : USUAL_PER_PAGE, 1), MOST_PER_PAGE)
  }

  /** The same set of fields costs the same wherever the same type is asked for it: each is looked at once. */
  const known = new Map<SelectionSetNode, Map<string, number>>()
  const ofSet = (set: SelectionSetNode, type: GraphQLCompositeType, page: number | undefined): number => {
    if (isAbstractType(type)) return Math.max(0, ...schema.getPossibleTypes(type).map((possible) => ofSet(set, possible, page)))
    const answers = known.get(set) ?? new Map<string, number>()
    known.set(set, answers)
    const key = `${type.name} ${page}`
    const before = answers.get(key)
    if (before !== undefined) return before
    const cost = set.selections.reduce((sum, selection) => {
      if (selection.kind === Kind.FIELD) return sum + ofField(type as GraphQLObjectType, selection, page)
      const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection
      return fragment && fits(fragment.typeCondition?.name.value, type as GraphQLObjectType)
        ? sum + ofSet(fragment.selectionSet, type, page)
        : sum
    }, 0)
    answers.set(key, cost)
    return cost
  }
  const fits = (condition: string | undefined, type: GraphQLObjectType): boolean => {
    const named = condition === undefined ? type : schema.getType(condition)
    return named === type || (isAbstractType(named) && schema.isSubType(named, type))
  }
  const ofField = (type: GraphQLObjectType, node: FieldNode, page: number | undefined): number => {
    if (node.name.value.startsWith('__')) return node.selectionSet ? INTROSPECTION : 0
    const field = type.getFields()[node.name.value]
    if (!field) return 0
    const named = getNamedType(field.type)
    const own = field.extensions.cost ?? priceOf(named)
    const asked = pageOf(field, node)
    const within = (of: number | undefined) =>
      node.selectionSet && isCompositeType(named) ? ofSet(node.selectionSet, named, of) : 0
    if (!isListType(getNullableType(field.type))) return own + within(asked)
    // A connection's `nodes`, and whatever else holds what a page asked for, are as many as were asked for above.
    return (asked ?? page ?? field.extensions.size ?? USUAL_LIST) * (own + within(undefined))
  }

  const acts = operation.operation === OperationTypeNode.MUTATION ? ACT * operation.selectionSet.selections.length : 0
  return OPERATION + acts + (isObjectType(root) ? ofSet(operation.selectionSet, root, undefined) : 0)
}
