/**
 * Runs a file's work as a command: its failure is one line, and the process ends when the work does. Prisma's engine leaves
 * a ten-second timer behind (the patience of its advisory lock) that would otherwise hold the process.
 */
export const command = async (work: () => Promise<boolean>): Promise<never> => {
  try {
    process.exit((await work()) ? 0 : 1)
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  }
}
