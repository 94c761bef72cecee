import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { diff } from 'node:util'
import { readCatalogue } from './catalogue.ts'
import { command } from './command.ts'
import { migrate } from './migrate.ts'
import { catalogueFile } from './project.ts'
import { tableDifference } from './schema-engine.ts'
import { withScratch } from './scratch.ts'

/** Where a migrated database departs from prisma/schema (as SQL) and from prisma/catalogue.txt (as changed lines); empty when it doesn't. */
export type Drift = { tables: string; catalogue: string }

const CONTEXT = 2
const KEPT = 0

/** Changed lines with a little around them and the object they belong to: `-` is the file, `+` the database. */
export const compareLines = (before: string, after: string): string => {
  // 1 for what only the first argument has, -1 for what only the second has.
  const changes = diff(after.split('\n'), before.split('\n'))
  const near = (at: number) => changes.slice(Math.max(0, at - CONTEXT), at + CONTEXT + 1).some(([kind]) => kind !== KEPT)
  let shownHeading = ''
  let heading = ''
  const lines: string[] = []
  changes.forEach(([kind, line], at) => {
    if (/^\S/.test(line)) heading = line
    if (!near(at)) return
    if (heading !== shownHeading && line !== heading) lines.push(`@ ${heading}`)
    shownHeading = heading
    lines.push(`${kind === KEPT ? ' ' : kind < 0 ? '-' : '+'} ${line}`)
  })
  return lines.join('\n')
}

export const findDrift = async (
  ownerUrl: string,
  expected = existsSync(catalogueFile) ? readFileSync(catalogueFile, 'utf8') : '',
): Promise<Drift> => {
  const catalogue = await readCatalogue(ownerUrl)
  return { tables: await tableDifference(ownerUrl), catalogue: catalogue === expected ? '' : compareLines(expected, catalogue) }
}

const check = async (ownerUrl: string): Promise<boolean> => {
  await migrate(ownerUrl)
  if (process.argv.includes('--write')) writeFileSync(catalogueFile, await readCatalogue(ownerUrl))
  const { tables, catalogue } = await findDrift(ownerUrl)
  if (tables)
    console.error(`The migrations and prisma/schema differ. To reach prisma/schema (pnpm db:new writes it):\n\n${tables}`)
  if (catalogue)
    console.error(
      `The migrations and prisma/catalogue.txt differ. If that is meant, pnpm --dir prisma drift --write:\n\n${catalogue}`,
    )
  if (tables || catalogue) return false
  console.log('No drift: migrations, prisma/schema and prisma/catalogue.txt say the same')
  return true
}

if (import.meta.main) await command(() => withScratch(check))
