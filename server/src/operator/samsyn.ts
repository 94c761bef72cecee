import { operate } from './operate.ts'

/** `pnpm samsyn <command>`: what was done goes to standard output, what went wrong to standard error. */
const code = await operate(process.argv.slice(2), {
  environment: process.env,
  tell: (text) => console.log(text),
  complain: (text) => console.error(text),
})
// Prisma's engine leaves a timer behind that would hold the process.
process.exit(code)
