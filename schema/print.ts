import { readFile, writeFile } from 'node:fs/promises'
import { lexicographicSortSchema, printSchema } from 'graphql'
import { createSchema } from '../server/src/graph/schema.ts'

/**
 * `pnpm schema` prints the schema; with `--check` it only says whether the printed one is true.
 * The committed file is where client and server meet.
 */
const file = new URL('schema.graphql', import.meta.url)
const printed = `${printSchema(lexicographicSortSchema(createSchema()))}\n`

if (!process.argv.includes('--check')) await writeFile(file, printed)
else if ((await readFile(file, 'utf8')) !== printed) {
  console.error('schema/schema.graphql is not what the server serves: run `pnpm schema`')
  process.exitCode = 1
}
