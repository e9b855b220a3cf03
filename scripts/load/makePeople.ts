import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { findPrograms } from '../product/findPrograms.ts'
import { runToEnd } from '../product/runToEnd.ts'

export interface Person {
  /** The row's id. */
  userId: string
  email: string
  password: string
  /** The network address that its requests name. */
  address: string
}

/** Users with one password, whose hash the product itself made: one of another key or form would fit no password. */
export async function makePeople(
  count: number,
  databaseUrl: string,
  apiEnv: NodeJS.ProcessEnv,
): Promise<Person[]> {
  const password = randomUUID()
  const env = { ...apiEnv, DEMO_EMAIL: 'demo@example.com', DEMO_PASSWORD: password }
  const { demo } = findPrograms('production')
  await runToEnd({ name: 'Making a user', ...demo, env })
  const emails = Array.from({ length: count }, () => `person-${randomUUID()}@example.com`)
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    const { rows } = await client.query<{ id: string; email: string }>(
      `insert into users (id, email, password_hash)
      select gen_random_uuid(), e, password_hash from users, unnest($1::text[]) e returning id, email`,
      [emails],
    )
    // The demo user has a past of its own, which nobody here is to be asked about.
    await client.query("delete from users where email = 'demo@example.com'")
    return rows.map(({ id, email }, index) => ({ userId: id, email, password, address: addressOf(index) }))
  } finally {
    await client.end()
  }
}

function addressOf(index: number): string {
  return `10.1.${Math.floor(index / 250)}.${(index % 250) + 1}`
}
