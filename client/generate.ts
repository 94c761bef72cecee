// Writes what the client must know of the schema: types for the documents (gql.tada) and the small introspection that
// makes the cache aware of unions, interfaces and nullability. Both follow ../schema/schema.graphql and are not committed.
import { mkdirSync, readFileSync, writeFileSync, existsSync } from 'node:fs'
import { buildSchema, introspectionFromSchema } from 'graphql'
import { minifyIntrospection, outputIntrospectionFile } from 'gql.tada/internal'
import { minifyIntrospectionQuery } from '@urql/introspection'

const folder = new URL('./src/lib/graph/generated/', import.meta.url)

const write = (name: string, content: string) => {
  const file = new URL(name, folder)
  if (existsSync(file) && readFileSync(file, 'utf8') === content) return
  mkdirSync(folder, { recursive: true })
  writeFileSync(file, content)
}

interface Type {
  readonly kind: string
  readonly name?: string
  readonly ofType?: Type | null
}
interface Field {
  readonly name: string
  readonly type: Type
  readonly args: readonly unknown[]
}

const nullability = ({ kind, ofType }: Type): Type =>
  ofType && (kind === 'NON_NULL' || kind === 'LIST') ? { kind, ofType: nullability(ofType) } : { kind: 'SCALAR', name: 'Any' }

export const generate = () => {
  const sdl = readFileSync(new URL('../schema/schema.graphql', import.meta.url), 'utf8')
  const introspection = introspectionFromSchema(buildSchema(sdl), { descriptions: false })
  const cacheSchema = minifyIntrospectionQuery(introspection, {
    includeScalars: false,
    includeEnums: false,
    includeInputs: false,
  })
  // The cache asks of a field whether it and its items may be null, and of nothing else: the rest would travel to every page.
  const fields = ({ name, type }: Field): Field => ({ name, type: nullability(type), args: [] })
  for (const type of cacheSchema.__schema.types)
    if ('fields' in type && type.fields) Object.assign(type, { fields: type.fields.map(fields) })
  write('introspection.ts', `export const introspection = ${JSON.stringify(cacheSchema)} as const\n`)
  write(
    'graphql-env.d.ts',
    outputIntrospectionFile(minifyIntrospection(introspection), { fileType: '.d.ts', shouldPreprocess: true }),
  )
}

if (import.meta.main) generate()
