// Makes of `follow` what other systems install: JavaScript and types in `dist`, and the schema's types as they are today. `pnpm pack` runs it.
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { buildSchema, introspectionFromSchema } from 'graphql'
import { minifyIntrospection, outputIntrospectionFile } from 'gql.tada/internal'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

const generate = () => {
  const schema = buildSchema(readFileSync(at('schema.graphql'), 'utf8'))
  const introspection = minifyIntrospection(introspectionFromSchema(schema, { descriptions: false }))
  mkdirSync(at('follow/generated'), { recursive: true })
  const types = outputIntrospectionFile(introspection, { fileType: '.d.ts', shouldPreprocess: true })
  writeFileSync(at('follow/generated/graphql-env.d.ts'), types)
}

generate()
if (!process.argv.includes('--types')) {
  rmSync(at('dist'), { recursive: true, force: true })
  execFileSync(process.execPath, [at('node_modules/typescript/bin/tsc'), '-p', at('tsconfig.pack.json')], { stdio: 'inherit' })
  cpSync(at('follow/generated'), at('dist/generated'), { recursive: true })
}
