import pg from 'pg'
import { expect, inject } from 'vitest'
import type { Person } from './harness.ts'

/** Lets six minutes pass since each login of the person showed last who they are. */
export async function ageProofs({ email }: Person): Promise<void> {
  const client = new pg.Client(inject('product').databaseUrl)
  await client.connect()
  try {
    const { rowCount } = await client.query(
      `update logins set confirmed_at = confirmed_at - interval '6 minutes'
       where user_id = (select id from users where email = $1)`,
      [email],
    )
    expect(rowCount).toBeGreaterThan(0)
  } finally {
    await client.end()
  }
}
