import { randomUUID } from 'node:crypto'
import { findChromium } from '@wellness/embedded/chromium'
import type { TestProject } from 'vitest/node'
import { startTestProduct } from '../../../scripts/product/startTestProduct.ts'

declare module 'vitest' {
  interface ProvidedContext {
    product: {
      webUrl: string
      apiUrl: string
      /** The mailbox's page; its /messages.json lists the mail. */
      mailboxUrl: string
      databaseUrl: string
      redisUrl: string
      /** With it a test names the client's address to the API, as the web app does. */
      webApiSecret: string
      /** The path of a Chromium. */
      chromium: string
    }
  }
}

/** Starts the built product once for all browser tests. */
export default async function startProductOnce(project: TestProject): Promise<() => Promise<void>> {
  const chromium = await findChromium()
  const webApiSecret = randomUUID() + randomUUID()
  const product = await startTestProduct({ WEB_API_SECRET: webApiSecret })
  const { AUTH_URL, API_URL, DATABASE_URL, REDIS_URL } = product.addresses
  project.provide('product', {
    webUrl: AUTH_URL,
    apiUrl: API_URL,
    mailboxUrl: product.mailboxUrl ?? '',
    databaseUrl: DATABASE_URL,
    redisUrl: REDIS_URL,
    webApiSecret,
    chromium,
  })
  return () => product.stop()
}
