import {
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isIntrospectionType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
} from 'graphql'

/**
 * Guards: a field is asked for because it is in the schema, not because somebody thought of it.
 *
 * Writes selections that reach every field below a type, to a depth; a type that stands above itself is asked for its own
 * values once more, so that no back reference goes unseen. Notes which fields and arguments were reached.
 */
export class Walk {
  readonly schema: GraphQLSchema
  #noting: Set<string> = new Set()

  constructor(schema: GraphQLSchema) {
    this.schema = schema
  }

  /** The fields that `write` asks for, with what it wrote. */
  noting<T>(write: () => T): { written: T; reached: ReadonlySet<string> } {
    const before = this.#noting
    this.#noting = new Set()
    try {
      return { written: write(), reached: this.#noting }
    } finally {
      this.#noting = before
    }
  }

  note(coordinate: string): void {
    this.#noting.add(coordinate)
  }

  /** Every field of every object type. */
  fields(): string[] {
    return Object.values(this.schema.getTypeMap())
      .filter((type) => isObjectType(type) && !isIntrospectionType(type))
      .flatMap((type) => (isObjectType(type) ? Object.keys(type.getFields()).map((field) => `${type.name}.${field}`) : []))
      .toSorted()
  }

  /** Every argument of every field, input fields included: `Type.field(argument.input)`. */
  arguments(): string[] {
    return this.fields().flatMap((coordinate) => {
      const [type = '', field = ''] = coordinate.split('.')
      const object = this.schema.getType(type)
      return isObjectType(object) ? (object.getFields()[field]?.args ?? []).map(({ name }) => `${coordinate}(${name})`) : []
    })
  }

  /** A selection set for the type, `depth` levels down; empty for a leaf. */
  selection(type: GraphQLNamedType, depth: number, above: readonly string[] = []): string {
    if (isLeafType(type)) return ''
    if (isAbstractType(type)) {
      // What may be anything is asked for itself elsewhere: here for its own values and one step on.
      const down = above.length > 0 ? Math.min(depth, 1) : depth
      const parts = this.schema
        .getPossibleTypes(type)
        .map((possible) => `...on ${possible.name}{${this.#fields(possible, down, above, possible.name)}}`)
      return `{__typename ${parts.join(' ')}}`
    }
    return `{__typename ${this.#fields(type, depth, above, undefined)}}`
  }

  /** With a suffix, fields of different types can stand beside each other under one abstract type. */
  #fields(type: GraphQLNamedType, depth: number, above: readonly string[], suffix: string | undefined): string {
    if (!isObjectType(type)) throw new Error(`${type.name} has no fields to select`)
    const seen = above.includes(type.name)
    const fields = Object.values(type.getFields())
    const paged = fields.some(({ name }) => name === 'nodes') && fields.some(({ name }) => name === 'edges')
    return fields
      .filter(({ args }) => !args.some(isRequiredArgument))
      .map(({ name, type: result }) => {
        const inner = getNamedType(result)
        const key = suffix === undefined ? name : `${name}__${suffix}:${name}`
        if (isLeafType(inner)) {
          this.note(`${type.name}.${name}`)
          return key
        }
        if (depth === 0 || seen) return ''
        this.note(`${type.name}.${name}`)
        // Edges repeat the nodes: their own values will do.
        const down = paged && name === 'edges' ? Math.min(depth - 1, 1) : depth - 1
        return `${key}${this.selection(inner, down, [...above, type.name])}`
      })
      .filter((part) => part !== '')
      .join(' ')
  }
}
