// Guards: everything that the pages send is known to the server by its hash.
//
// Writes what the pages send, for the server to know it by its hash: every operation in the sources, as it goes over the wire. One that
// is written there and not exported would be sent as text for ever, so it fails the build.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { formatDocument, stringifyDocument, type TypedDocumentNode } from '@urql/core'
import { Kind, print, type DocumentNode } from 'graphql'

export interface Shipped {
  readonly name: string
  readonly kind: string
  readonly text: string
  readonly variables: readonly { readonly name: string; readonly type: string }[]
}

const root = new URL('./src/', import.meta.url)

const isDocument = (value: unknown): value is DocumentNode =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === Kind.DOCUMENT

export const shippedOperations = async (): Promise<Shipped[]> => {
  const written = new Set<string>()
  const found = new Map<string, Shipped>()
  for (const file of readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(ts|svelte)$/.test(name))) {
    const source = readFileSync(new URL(file, root), 'utf8')
    if (!/\bgraphql\(/.test(source)) continue
    for (const [, name = ''] of source.matchAll(/^\s*(?:query|mutation|subscription) (\w+)/gm)) written.add(name)
    const exported = (await import(new URL(file, root).href)) as Record<string, unknown>
    for (const value of Object.values(exported).filter(isDocument)) {
      const document: DocumentNode = formatDocument(value as TypedDocumentNode)
      const operation = document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION)
      if (!operation?.name) continue
      const { name, operation: kind, variableDefinitions = [] } = operation
      const variables = variableDefinitions.map(({ variable, type }) => ({ name: variable.name.value, type: print(type) }))
      found.set(name.value, { name: name.value, kind, text: stringifyDocument(document), variables })
    }
  }
  const missing = [...written].filter((name) => !found.has(name))
  if (missing.length > 0) throw new Error(`written in the client and not exported: ${missing.join(', ')}`)
  return [...found.values()]
}

if (import.meta.main) {
  const texts = (await shippedOperations()).map(({ text }) => text).toSorted()
  writeFileSync(new URL('./build/documents.json', import.meta.url), JSON.stringify(texts, null, 1))
}
