import type { Command } from './command.ts'

export const migrateDatabase: Command = {
  name: 'migrate',
  about: 'Brings the database up to this release: roles, tables, policies.',
  more: 'Harmless to repeat. The server does the same when it starts.',
  options: {},
  unmigrated: true,
  prepare:
    () =>
    async ({ migrate }) => {
      const applied = await migrate()
      return applied.length === 0 ? ['The database is up to date.'] : applied.map((name) => `Applied ${name}`)
    },
}
