import { parseArgs } from 'node:util'
import { startPostgres } from '../world/postgres.ts'
import { fanout } from './fanout.ts'
import { idle } from './idle.ts'
import { latency } from './latency.ts'

// `pnpm bench <name> [--sockets 1000] [--runs 9]`: what the live path costs, beside others and beside the least it could. Not a
// test: it says what it measured, and a machine that does something else meanwhile makes it say something else.

const benchmarks = { fanout, latency, idle }

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { sockets: { type: 'string' }, runs: { type: 'string' } },
})
const [name] = positionals
const found = Object.entries(benchmarks).find(([known]) => known === name)?.[1]
if (!found) throw new Error(`pnpm bench ${Object.keys(benchmarks).join('|')} [--sockets 1000] [--runs 9]`)

const { url, stop } = await startPostgres()
try {
  console.log(
    await found({
      postgres: url,
      sockets: Number(values.sockets ?? (name === 'idle' ? 2_000 : 1_000)),
      runs: Number(values.runs ?? (name === 'fanout' ? 9 : 3)),
    }),
  )
} finally {
  await stop()
}
process.exit(0)
