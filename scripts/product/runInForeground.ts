import { relative } from 'node:path'
import { readSettings } from '../readSettings.ts'
import { buildProduct } from './buildProduct.ts'
import { describeProduct } from './describeProduct.ts'
import type { Mode } from './findPrograms.ts'
import { makeDemoUser } from './makeDemoUser.ts'
import { startProduct, type Product } from './startProduct.ts'

/** A terminal and npm both pass on one Ctrl-C. */
const SECOND_SIGNAL_AFTER_MS = 1000

/** Runs the product until it is told to stop, for `npm start` and `npm run dev`. */
export async function runInForeground(mode: Mode): Promise<void> {
  const abort = new AbortController()
  const stopAsked = new Promise<undefined>((resolve) =>
    abort.signal.addEventListener('abort', () => resolve(undefined)),
  )
  let askedAt = 0
  const ask = (): void => {
    if (askedAt === 0) {
      askedAt = Date.now()
      console.log('\nStopping …')
      abort.abort()
    } else if (Date.now() - askedAt > SECOND_SIGNAL_AFTER_MS) {
      process.exit(1)
    }
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, ask)
  // Whoever started us is gone, and with them the way to stop us.
  process.on('disconnect', ask)

  let product: Product | null = null
  let failure: string | undefined
  try {
    const settings = readSettings()
    if (mode === 'production') await buildProduct(console.log, abort.signal)
    console.log('Starting the product')
    product = await startProduct({ ...settings, mode, signal: abort.signal })
    const demo = await makeDemoUser(product, settings.dataDir, mode, abort.signal)
    console.log(describeProduct(product, relative(process.cwd(), settings.dataDir) || '.', demo))
    failure = await Promise.race([product.failed, stopAsked])
  } catch (error) {
    if (!abort.signal.aborted) failure = error instanceof Error ? error.message : String(error)
  }
  if (failure !== undefined && product !== null) console.log('\nStopping the rest …')
  await product?.stop()
  // What stopped may have had words to say as well: the reason stands below them.
  if (failure !== undefined) console.error(`\n${failure}`)
  else console.log('Stopped')
  process.exit(failure === undefined ? 0 : 1)
}
