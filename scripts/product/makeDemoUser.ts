import { findPrograms, type Mode } from './findPrograms.ts'
import { keepSecret } from './keepSecret.ts'
import { runToEnd } from './runToEnd.ts'
import type { Product } from './startProduct.ts'

export interface DemoUser {
  email: string
  password: string
}

const EMAIL = 'demo@example.com'
const PASSWORD_BYTES = 15

/** Adds somebody with a past to look at, where the database is our own; nobody wants a known user in another. */
export async function makeDemoUser(
  product: Product,
  dataDir: string,
  mode: Mode,
  signal: AbortSignal,
): Promise<DemoUser | null> {
  if (!product.hasOwnDatabase) return null
  // Always random: a password that somebody chose for it would soon be the same on every machine.
  const password = keepSecret(dataDir, 'DEMO_PASSWORD', PASSWORD_BYTES)
  const env = { ...product.apiEnv, DEMO_EMAIL: EMAIL, DEMO_PASSWORD: password }
  await runToEnd({ name: 'Making the demo user', ...findPrograms(mode).demo, env, signal })
  return { email: EMAIL, password }
}
