/** By what somebody acts for a user. */
export interface Credential {
  kind: 'login' | 'apiKey'
  id: string
}
