/** What users.password_hash holds: `hmac-sha384-bcrypt:<id of the pepper's key>:<bcrypt hash, which holds the cost>`. */
export interface StoredPassword {
  keyId: string
  bcryptHash: string
  cost: number
}

const SCHEME = 'hmac-sha384-bcrypt'
const FORM = new RegExp(String.raw`^${SCHEME}:([\w-]+):(\$2b\$(\d\d)\$[./A-Za-z0-9]{53})$`)

export const storedPassword = {
  format(keyId: string, bcryptHash: string): string {
    return `${SCHEME}:${keyId}:${bcryptHash}`
  },

  /** Null for what this scheme did not write. */
  parse(text: string): StoredPassword | null {
    const [, keyId, bcryptHash, cost] = FORM.exec(text) ?? []
    return keyId && bcryptHash && cost ? { keyId, bcryptHash, cost: Number(cost) } : null
  },
}
