/** Runs a command to its end; what it throws is meant for the person who ran it, who has no use for a stack. */
export async function explainFailure(command: () => Promise<void>): Promise<void> {
  try {
    await command()
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error))
    process.exitCode = 1
  }
}
