import { BcryptPool } from '../modules/identity/passwords/bcryptPool.ts'
import { PasswordHasher } from '../modules/identity/passwords/passwordHasher.ts'
import { SecretKeys } from '../platform/crypto/secretKeys.ts'
import type { TestApi } from './createTestApi.ts'

export interface SetPasswordOptions {
  email: string
  password: string
  /** As another time would have hashed it; as the API does now when left out. */
  secrets?: string[]
  cost?: number
}

/** Gives an existing user a password, written as it would be stored. */
export async function setPassword(
  api: TestApi,
  { email, password, secrets = api.env.AUTH_SECRET, cost = api.env.BCRYPT_COST }: SetPasswordOptions,
): Promise<string> {
  const pool = new BcryptPool({ cost })
  try {
    const hash = await new PasswordHasher({ keys: new SecretKeys(secrets), pool, cost }).hash(password)
    await api.sql('update users set password_hash = ? where email = ?', [hash, email])
    return hash
  } finally {
    await pool.close()
  }
}
