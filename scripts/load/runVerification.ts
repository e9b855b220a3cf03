/**
 * Runs a check by its exit code: 0 when it finds nothing. It stops by itself, on a signal, and at the latest after its time;
 * whatever it started is let go of in any case.
 *
 * @param work gives what it found, a line each.
 */
export async function runVerification(
  timeoutMs: number,
  work: (started: AsyncDisposableStack, signal: AbortSignal) => Promise<string[]>,
): Promise<never> {
  const abort = new AbortController()
  const stop = (why: string): void => abort.abort(new Error(why))
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(name, () => stop(`told to stop by ${name}`))
  process.on('disconnect', () => stop('whoever started this is gone'))
  const timer = setTimeout(() => stop(`not done after ${timeoutMs / 60_000} minutes`), timeoutMs)

  const started = new AsyncDisposableStack()
  const stopped = new Promise<never>((_, reject) => {
    abort.signal.addEventListener('abort', () => reject(abort.signal.reason as Error))
  })
  let findings: string[]
  try {
    findings = await Promise.race([work(started, abort.signal), stopped])
  } catch (error) {
    findings = [error instanceof Error ? (error.stack ?? error.message) : String(error)]
  }
  clearTimeout(timer)
  await started.disposeAsync()
  for (const finding of findings) console.log(`FAILED ${finding}`)
  console.log(findings.length === 0 ? 'Nothing was found wrong' : `${findings.length} found wrong`)
  process.exit(findings.length === 0 ? 0 : 1)
}
