import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { formatDocument, stringifyDocument, type TypedDocumentNode } from '@urql/core'
import { type DocumentNode, Kind, print } from 'graphql'

// What the pages send, found by looking through the client's sources: an operation that is written there and not found fails.

export interface Shipped {
  readonly name: string
  readonly kind: string
  /** As it goes over the wire. */
  readonly text: string
  /** Variables by their names and types. */
  readonly variables: readonly { readonly name: string; readonly type: string }[]
}

const root = join(import.meta.dirname, '../../client/src')

const isDocument = (value: unknown): value is DocumentNode =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === Kind.DOCUMENT

export const shippedOperations = async (): Promise<Shipped[]> => {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => /\.(ts|svelte)$/.test(file))
  const written = new Set<string>()
  const found = new Map<string, Shipped>()
  for (const file of files) {
    const source = readFileSync(join(root, file), 'utf8')
    if (!/\bgraphql\(/.test(source)) continue
    for (const [, name = ''] of source.matchAll(/^\s*(?:query|mutation|subscription) (\w+)/gm)) written.add(name)
    const exported = (await import(join(root, file))) as Record<string, unknown>
    for (const value of Object.values(exported).filter(isDocument)) {
      const formatted = formatDocument(value as TypedDocumentNode)
      const operation = (formatted as DocumentNode).definitions.find(
        (definition) => definition.kind === Kind.OPERATION_DEFINITION,
      )
      if (!operation?.name) continue
      const variables = (operation.variableDefinitions ?? []).map(({ variable, type }) => ({
        name: variable.name.value,
        type: print(type),
      }))
      const name = operation.name.value
      found.set(name, { name, kind: operation.operation, text: stringifyDocument(formatted), variables })
    }
  }
  const missing = [...written].filter((name) => !found.has(name))
  if (missing.length > 0) throw new Error(`written in the client and not exported: ${missing.join(', ')}`)
  return [...found.values()]
}
