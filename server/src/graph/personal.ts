import { type DocumentNode, getNamedType, type GraphQLSchema, TypeInfo, visit, visitWithTypeInfo } from 'graphql'

/**
 * Guards: what differs between members of one party is never told to several of them at once.
 *
 * A field or type is personal when its description begins by saying so, as everybody who reads the schema sees. A document that
 * comes near one, in any of its operations or fragments, is executed for each of those who ask.
 */
export const isPersonal = (schema: GraphQLSchema, document: DocumentNode): boolean => {
  const known = answers.get(document)
  if (known !== undefined) return known
  const types = new TypeInfo(schema)
  let personal = false
  const look = () => {
    const things = [types.getFieldDef(), types.getParentType(), getNamedType(types.getType())]
    personal ||= things.some((thing) => thing?.description?.startsWith(PERSONAL))
  }
  visit(document, visitWithTypeInfo(types, { Field: look, FragmentDefinition: look, InlineFragment: look }))
  answers.set(document, personal)
  return personal
}

export const PERSONAL = 'Personal'
/** Documents are parsed once for all who send them. */
const answers = new WeakMap<DocumentNode, boolean>()
