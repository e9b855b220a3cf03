import { FormRefusal } from './formRefusal.ts'

/** A login that was just made. */
export interface NewLogin {
  token: string
  expiresAt: string
  /** Lets the API know this device again; null where the API gave none. */
  deviceToken: string | null
}

/** What the API's answers to signing in and up have in common. */
export function requireNewLogin(payload: {
  token: string | null
  expiresAt: string | null
  deviceToken?: string | null
  userErrors: FormRefusal['userErrors']
}): NewLogin {
  FormRefusal.throwIfAny(payload.userErrors)
  const { token, expiresAt, deviceToken = null } = payload
  if (!token || !expiresAt) throw new Error('The API answered neither a login nor an error')
  return { token, expiresAt, deviceToken }
}
