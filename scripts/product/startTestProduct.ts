import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findFreePort } from '@wellness/embedded/freePort'
import { environment } from '../env.ts'
import { buildProduct } from './buildProduct.ts'
import { startProduct, type Product } from './startProduct.ts'

/**
 * The built product with ports and data of its own, which are gone when it stops. Nothing of the caller's environment
 * reaches it but what is passed, so that a run beside a product in use touches none of its data.
 */
export async function startTestProduct(env: NodeJS.ProcessEnv = {}): Promise<Product> {
  await buildProduct(console.log)
  const dataDir = mkdtempSync(join(tmpdir(), 'wellness-product-'))
  const remove = (): void => rmSync(dataDir, { recursive: true, force: true })
  const { PATH, HOME } = environment
  try {
    const product = await startProduct({
      dataDir,
      mode: 'production',
      ports: {
        WEB_PORT: await findFreePort(),
        API_PORT: await findFreePort(),
        MAILBOX_PORT: await findFreePort(),
        MAILBOX_SMTP_PORT: await findFreePort(),
        POSTGRES_PORT: await findFreePort(),
        REDIS_PORT: await findFreePort(),
      },
      env: { PATH, HOME, ...env },
    })
    return { ...product, stop: () => product.stop().finally(remove) }
  } catch (error) {
    remove()
    throw error
  }
}
