import { mkdirSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { command } from './command.ts'
import { migrate } from './migrate.ts'
import { migrationsFolder } from './project.ts'
import { tableDifference } from './schema-engine.ts'
import { withScratch } from './scratch.ts'

// `pnpm db:new <name>`: a migration from what the migrations make to what prisma/schema says. "What the migrations make" is
// asked of a scratch database to which they were applied, and not of a kept copy of the old schema: SQL written by hand is
// part of it, and a copy can be forgotten.

const NOTHING = `-- The tables stay as they are. Write what changes beside them: policies, grants, functions, triggers.\n`

export const newMigration = async (name: string, now: Date, folder = migrationsFolder): Promise<string> => {
  if (!/^[a-z0-9_]+$/.test(name))
    throw new Error('A migration is named in lower case letters, digits and underscores, by what it does')
  const script = await withScratch(async (ownerUrl) => {
    await migrate(ownerUrl, { folder })
    return tableDifference(ownerUrl)
  })
  const stamp = now.toISOString().replace(/\D/g, '').slice(0, 14)
  const target = join(folder, `${stamp}_${name}`)
  mkdirSync(target)
  writeFileSync(join(target, 'migration.sql'), script || NOTHING)
  return join(target, 'migration.sql')
}

if (import.meta.main) {
  await command(async () => {
    const file = await newMigration(process.argv[2] ?? '', new Date())
    console.log(`Wrote ${relative(process.cwd(), file)}. Read it, then pnpm db:migrate.`)
    return true
  })
}
