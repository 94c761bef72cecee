import { parseArgs } from 'node:util'
import { startPostgres } from '../world/postgres.ts'
import { catchup } from './catchup.ts'
import { fanout } from './fanout.ts'
import { idle } from './idle.ts'
import { latency } from './latency.ts'
import { read } from './read.ts'
import { servers } from './servers.ts'
import { write } from './write.ts'

// `pnpm bench <name> [--sockets 1000] [--runs 9]`: what the paths cost, beside others and beside the least they could. Not a test: it
// says what it measured, and a machine that does something else meanwhile makes it say something else.

/** Each with a size that two processors get through in a few minutes. */
const benchmarks = {
  fanout: { run: fanout, sockets: 1_000, runs: 9 },
  latency: { run: latency, sockets: 1_000, runs: 3 },
  idle: { run: idle, sockets: 2_000, runs: 3 },
  write: { run: write, sockets: 8, runs: 7 },
  read: { run: read, sockets: 8, runs: 7 },
  catchup: { run: catchup, sockets: 1, runs: 3 },
  servers: { run: servers, sockets: 600, runs: 3 },
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { sockets: { type: 'string' }, runs: { type: 'string' } },
})
const [name] = positionals
const found = Object.entries(benchmarks).find(([known]) => known === name)?.[1]
if (!found) throw new Error(`pnpm bench ${Object.keys(benchmarks).join('|')} [--sockets 1000] [--runs 9]`)

// Every process that is started wants to be ended with this one.
process.setMaxListeners(100)
const { url, stop } = await startPostgres()
try {
  const { run, sockets, runs } = found
  console.log(await run({ postgres: url, sockets: Number(values.sockets ?? sockets), runs: Number(values.runs ?? runs) }))
} finally {
  await stop()
}
process.exit(0)
