import { withClient } from './databases.ts'
import { startEmbedded } from './embedded.ts'

// For the tests: another process that uses a data folder until its standard input ends, or until it is killed.
const [dataDir = '', statement] = process.argv.slice(2)
const { url, adopted, stop } = await startEmbedded({ dataDir })
if (statement) await withClient(url, (client) => client.query(statement))
process.stdout.write(`${JSON.stringify({ url, adopted })}\n`)
process.stdin.resume().once('end', () => void stop())
