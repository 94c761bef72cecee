import { resolve } from 'node:path'
import { startVitest } from 'vitest/node'

// `pnpm screenshots [folder]`: every page × theme × width as a picture. It is the test of the same name, told where to put them.

process.env['SCREENSHOTS'] = resolve(process.argv[2] ?? 'screenshots')
const run = await startVitest('test', ['tests/screenshots/'], { project: ['tests'], run: true, watch: false })
await run.close()
console.log(`Pictures: ${process.env['SCREENSHOTS']}`)
