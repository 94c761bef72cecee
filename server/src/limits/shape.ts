import { type DocumentNode, type FragmentDefinitionNode, Kind, type SelectionNode, type SelectionSetNode } from 'graphql'
import { type OperationLimits, refuse } from './limits.ts'

/** Guards: a document is measured before anything is made of it, however its fragments name one another. */

/** A document as it is written out, each fragment in every place that names it. */
export interface Shape {
  readonly depth: number
  readonly aliases: number
  readonly directives: number
}

const NOTHING: Shape = { depth: 0, aliases: 0, directives: 0 }

const beside = (one: Shape, other: Shape): Shape => ({
  depth: Math.max(one.depth, other.depth),
  aliases: one.aliases + other.aliases,
  directives: one.directives + other.directives,
})

/**
 * Needs no schema, so that what would be slow to validate is refused before. A fragment is measured once, however often it is named:
 * what would be endless written out costs nothing to see through. How deep introspection goes is bounded by GraphQL's own rule.
 */
export const shapeOf = (document: DocumentNode): Shape => {
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition)
  const known = new Map<string, Shape>()

  const ofFragment = (name: string): Shape => {
    const before = known.get(name)
    if (before) return before
    // One that comes back to itself is refused when it is validated.
    known.set(name, NOTHING)
    const fragment = fragments.get(name)
    const shape = fragment ? ofSet(fragment.selectionSet) : NOTHING
    known.set(name, shape)
    return shape
  }
  const ofSet = ({ selections }: SelectionSetNode): Shape =>
    selections.reduce((sum, selection) => beside(sum, ofSelection(selection)), NOTHING)
  const ofSelection = (selection: SelectionNode): Shape => {
    const directives = selection.directives?.length ?? 0
    if (selection.kind === Kind.FRAGMENT_SPREAD) return beside({ ...NOTHING, directives }, ofFragment(selection.name.value))
    if (selection.kind === Kind.INLINE_FRAGMENT) return beside({ ...NOTHING, directives }, ofSet(selection.selectionSet))
    const within = selection.selectionSet && !selection.name.value.startsWith('__') ? ofSet(selection.selectionSet) : NOTHING
    return beside({ depth: 1 + within.depth, aliases: selection.alias ? 1 : 0, directives }, { ...within, depth: 0 })
  }

  return document.definitions.reduce((sum, definition) => {
    if (definition.kind !== Kind.OPERATION_DEFINITION) return sum
    const directives = definition.directives?.length ?? 0
    return beside(beside(sum, { ...NOTHING, directives }), ofSet(definition.selectionSet))
  }, NOTHING)
}

/** Throws by the first figure that the document is over. */
export const checkShape = (document: DocumentNode, limits: OperationLimits): void => {
  let shape = shapes.get(document)
  if (!shape) shapes.set(document, (shape = shapeOf(document)))
  const { depth, aliases, directives } = shape
  if (depth > limits.depth) throw refuse('TOO_DEEP', 'Too many fields within fields', { requested: depth, limit: limits.depth })
  if (aliases > limits.aliases)
    throw refuse('TOO_MANY_ALIASES', 'Too many aliases', { requested: aliases, limit: limits.aliases })
  if (directives > limits.directives)
    throw refuse('TOO_MANY_DIRECTIVES', 'Too many directives', { requested: directives, limit: limits.directives })
}

/** Documents are parsed once for all who send them. */
const shapes = new WeakMap<DocumentNode, Shape>()
