import { Agent } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { sendRequest } from '../load/sendRequest.ts'
import type { FaultClient } from './faultClient.ts'
import type { Ledger } from './ledger.ts'
import type { FaultyProduct } from './startFaultyProduct.ts'

const PATHS = ['/today', '/history', '/session']
/** `/session` leads on where none is live. */
const EXPECTED = new Set([200, 302])
const PAUSE_MS = 150
const TIMEOUT_MS = 20_000

/**
 * People who look at pages all the time, on connections that are kept. While processes are restarted every page has to come;
 * a web process to which nothing could be sent is passed over for the other. During other faults they rest.
 */
export async function loadPages({
  product,
  ledger: { told },
  clients,
  isOver,
}: {
  product: FaultyProduct
  ledger: Ledger
  clients: FaultClient[]
  isOver: () => boolean
}): Promise<void> {
  const agent = new Agent({ keepAlive: true })
  let turn = 0

  async function look(client: FaultClient): Promise<void> {
    const first = turn++
    const path = PATHS[first % PATHS.length] ?? ''
    for (let tries = 0; tries < product.webs.length; tries += 1) {
      const web = product.webs[(first + tries) % product.webs.length]
      const answer = await sendRequest({
        url: `http://127.0.0.1:${web?.port}${path}`,
        method: 'GET',
        headers: { host: new URL(product.apiEnv['AUTH_URL'] ?? '').host, cookie: `login=${client.token}` },
        agent,
        timeoutMs: TIMEOUT_MS,
      })
      if ('failure' in answer) {
        if (answer.failure === 'notBegun') continue
        told.pages.failures.push(`${path} of ${web?.name}: ${answer.failure}, ${answer.detail}`)
      } else if (!EXPECTED.has(answer.status))
        told.pages.failures.push(`${path} of ${web?.name}: ${answer.status} at ${new Date().toISOString()}`)
      else told.pages.answered += 1
      return
    }
    told.pages.failures.push(`${path}: no web process took it`)
  }

  await Promise.all(
    clients.map(async (client) => {
      while (!isOver()) {
        const isRestarting = told.troubles.some(
          ({ kind, to }) => kind === 'restart' && to === Number.POSITIVE_INFINITY,
        )
        if (isRestarting) await look(client)
        await delay(PAUSE_MS)
      }
    }),
  )
  agent.destroy()
}
