import type { DemoUser } from './makeDemoUser.ts'
import type { Product } from './startProduct.ts'

/** What the person who started the product wants to know: where it is, how to get in, how to stop it. */
export function describeProduct(product: Product, dataDir: string, demo: DemoUser | null): string {
  const { AUTH_URL, API_URL } = product.addresses
  const rows: [string, string][] = [
    ['Web app', AUTH_URL],
    ['API', `${API_URL}/graphql`],
    ...(product.mailboxUrl === null ? [] : [['Mailbox', product.mailboxUrl] as [string, string]]),
    ...(demo === null
      ? []
      : [['Sign in as', `${demo.email}  password ${demo.password}`] as [string, string]]),
    ['Data and logs', dataDir],
    ['Stop', 'Ctrl-C'],
  ]
  const lines = rows.map(([name, value]) => `  ${name.padEnd(14)}${value}`)
  return ['', 'The Wellness & Sensory Connection Assistant is running.', '', ...lines, ''].join('\n')
}
