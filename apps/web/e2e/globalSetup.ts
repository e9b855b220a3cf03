import { findChromium } from '@wellness/embedded/chromium'
import { findFreePort } from '@wellness/embedded/freePort'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { buildProduct } from '../../../scripts/product/buildProduct.ts'
import { startProduct } from '../../../scripts/product/startProduct.ts'

declare module 'vitest' {
  interface ProvidedContext {
    product: {
      webUrl: string
      apiUrl: string
      /** The mailbox's page; its /messages.json lists the mail. */
      mailboxUrl: string
      databaseUrl: string
      redisUrl: string
      /** The path of a Chromium. */
      chromium: string
    }
  }
}

/** Starts the built product once for all browser tests, with ports and data of its own. */
export default async function startProductOnce(project: TestProject): Promise<() => Promise<void>> {
  const chromium = await findChromium()
  await buildProduct(console.log)
  const dataDir = mkdtempSync(join(tmpdir(), 'wellness-e2e-'))
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
    env: { PATH: process.env.PATH, HOME: process.env.HOME },
  })
  const { AUTH_URL, API_URL, DATABASE_URL, REDIS_URL } = product.addresses
  project.provide('product', {
    webUrl: AUTH_URL,
    apiUrl: API_URL,
    mailboxUrl: product.mailboxUrl ?? '',
    databaseUrl: DATABASE_URL,
    redisUrl: REDIS_URL,
    chromium,
  })
  return async () => {
    await product.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}
