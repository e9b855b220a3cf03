/** A control of ours, how it is taken out, and the tests that have to fail without it. */
export interface Control {
  /** What no longer holds without it. */
  name: string
  /** Of which promise; a test that fails counts only when it names one of them. */
  ids: readonly string[]
  file: string
  /** Stands in the file exactly once. */
  code: string
  without: string
  test: string
}

const IDENTITY = 'apps/api/src/modules/identity'

export const controls: readonly Control[] = [
  {
    name: 'a login is valid only in the epoch of its user',
    ids: ['L6', 'L10'],
    file: `${IDENTITY}/logins/login.repository.ts`,
    code: 'and u.auth_epoch = l.auth_epoch and u.disabled_at is null',
    without: 'and u.disabled_at is null',
    test: `${IDENTITY}/logins/login.security.test.ts`,
  },
  {
    name: 'a login is made only in the epoch in which its password was read',
    ids: ['L10'],
    file: `${IDENTITY}/logins/login.service.ts`,
    code: 'where u.id = ? and u.auth_epoch = ? and u.disabled_at is null',
    without: 'where u.id = ? and ?::int is not null and u.disabled_at is null',
    test: `${IDENTITY}/logins`,
  },
  {
    name: 'only the current token of a login can be renewed',
    ids: ['L1', 'L12'],
    file: `${IDENTITY}/logins/login.service.ts`,
    code: 'where l.id = ? and l.token_hash = ? and l.auth_epoch = ?',
    without: 'where l.id = ? and ?::bytea is not null and l.auth_epoch = ?',
    test: `${IDENTITY}/recent-proof`,
  },
  {
    name: 'of two renewals by one token one stands, in every history',
    ids: ['L10'],
    file: `${IDENTITY}/logins/login.service.ts`,
    code: 'where l.id = ? and l.token_hash = ? and l.auth_epoch = ?',
    without: 'where l.id = ? and ?::bytea is not null and l.auth_epoch = ?',
    test: `${IDENTITY}/logins/revocation.property.test.ts`,
  },
  {
    name: 'one ends no login but one’s own',
    ids: ['L7', 'A24'],
    file: `${IDENTITY}/logins/revokeLogins.service.ts`,
    code: 'delete from logins where id = ? and user_id = ? returning id',
    without: 'delete from logins where id = ? and ?::uuid is not null returning id',
    test: `${IDENTITY}/logins/revokeLogins.security.test.ts`,
  },
  {
    name: 'what is sensitive needs a proof of the last five minutes',
    ids: ['L8'],
    file: `${IDENTITY}/recent-proof/recentProof.ts`,
    code: 'if (age >= RECENT_PROOF_MS) throw reauthenticationRequired()',
    without: 'if (age >= Infinity) throw reauthenticationRequired()',
    test: `${IDENTITY}/recent-proof`,
  },
  {
    name: 'a link is good for its own purpose alone',
    ids: ['R1'],
    file: `${IDENTITY}/one-time-tokens/oneTimeToken.repository.ts`,
    code: 'where t.token_hash = ? and t.purpose = ? and t.used_at is null',
    without: 'where t.token_hash = ? and ?::text is not null and t.used_at is null',
    test: `${IDENTITY}/one-time-tokens`,
  },
  {
    name: 'a link for an address does nothing with another user’s login',
    ids: ['R5'],
    file: `${IDENTITY}/email-change/emailChange.service.ts`,
    code: 'if (viewer && viewer.userId !== userId) throw anothersAccount()',
    without: 'if (viewer && viewer.userId === null) throw anothersAccount()',
    test: `${IDENTITY}/email-change`,
  },
  {
    name: 'one document checks one credential',
    ids: ['S4', 'A1', 'A2'],
    file: 'apps/api/src/platform/graphql/oneCredentialCheckRule.ts',
    code: 'if (count > 1) {',
    without: 'if (count > 1_000) {',
    test: 'apps/api/src/platform/graphql/documents.security.test.ts',
  },
  {
    name: 'a /64 of IPv6 addresses counts as one client',
    ids: ['S4'],
    file: 'apps/api/src/platform/http/clientNetwork.ts',
    code: 'if (!isIPv6(address)) return address',
    without: 'if (isIPv6(address) || address) return address',
    test: `${IDENTITY}/throttles`,
  },
  {
    name: 'only the web app names the client’s address',
    ids: ['S6'],
    file: 'apps/api/src/platform/http/webCaller.ts',
    code: 'return bytes.length === this.#secret.length && timingSafeEqual(bytes, this.#secret)',
    without: 'return bytes.length >= 0 || timingSafeEqual(bytes, this.#secret)',
    test: 'apps/api/src/platform/http/caller.security.test.ts',
  },
  {
    name: 'no user costs the same hash as one',
    ids: ['S2'],
    file: `${IDENTITY}/passwords/passwordHasher.ts`,
    code: 'const { matches } = await this.#pool.run({',
    without:
      'if (!parsed) return { matches: false, needsRehash: false }\n    const { matches } = await this.#pool.run({',
    test: `${IDENTITY}/passwords/passwordHasher.test.ts`,
  },
  {
    name: 'of the failed sign-ins of an hour one is told',
    ids: ['S2'],
    file: `${IDENTITY}/sign-in/failedSignIn.task.ts`,
    code: 'id: derivedId(userId, `SIGN_IN_FAILED ${window}`),',
    without: 'id: derivedId(userId, `SIGN_IN_FAILED ${window} ${Math.random()}`),',
    test: `${IDENTITY}/sign-in`,
  },
  {
    name: 'passwords are keyed with what is not in the database',
    ids: ['P3'],
    file: `${IDENTITY}/passwords/passwordHasher.ts`,
    code: "return createHmac('sha384', key).update(password.normalize('NFC')).digest('base64')",
    without:
      "return createHmac('sha384', key.subarray(0, 0)).update(password.normalize('NFC')).digest('base64')",
    test: `${IDENTITY}/passwords/passwordHasher.test.ts`,
  },
  {
    name: 'a cursor is one that we signed',
    ids: ['A23'],
    file: 'apps/api/src/platform/graphql/cursorCodec.ts',
    code: 'if (!key || !isSame(signature, sign(payload, key.object)))',
    without: 'if (!key || isSame(signature, sign(payload, key.object)) === null)',
    test: 'apps/api/src/schema.security.test.ts',
  },
  {
    name: 'an API key runs nothing that its scopes do not name',
    ids: ['K8'],
    file: 'apps/api/src/platform/graphql/createApolloServer.ts',
    code: 'gate.assertMayRun(document, operation, contextValue.keyScopes)',
    without: 'void gate',
    test: 'apps/api/src/scopes.security.test.ts',
  },
  {
    name: 'and nothing that runs past Apollo, either',
    ids: ['K8'],
    file: 'apps/api/src/platform/graphql/operationRunner.ts',
    code: 'this.#gate.assertMayRun(hot.document, hot.definition, contextValue.keyScopes)',
    without: 'void this.#gate',
    test: 'apps/api/src/scopes.security.test.ts',
  },
  {
    name: 'an API key ends when its time is over',
    ids: ['K3'],
    file: `${IDENTITY}/api-keys/apiKey.repository.ts`,
    code: 'and (k.expires_at is null or k.expires_at > $2)',
    without: 'and $2::timestamptz is not null',
    test: `${IDENTITY}/api-keys`,
  },
  {
    name: 'one revokes no API key but one’s own',
    ids: ['K4', 'A24'],
    file: `${IDENTITY}/api-keys/apiKey.service.ts`,
    code: 'delete from api_keys where id = ? and user_id = ? returning name, hint',
    without: 'delete from api_keys where id = ? and ?::uuid is not null returning name, hint',
    test: `${IDENTITY}/api-keys`,
  },
  {
    name: 'no API key is made beside the end of the login that makes it',
    ids: ['K6'],
    file: `${IDENTITY}/api-keys/apiKey.service.ts`,
    code: 'await this.#recentProof.transaction(em, viewer, async (tx) => {',
    without: 'await em.transactional(async (tx) => {',
    test: `${IDENTITY}/api-keys`,
  },
  {
    name: 'a reset of the password revokes API keys',
    ids: ['K6'],
    file: `${IDENTITY}/password-reset/passwordReset.service.ts`,
    code: 'await revokeEveryKey(tx, { userId, client, now })',
    without: 'void revokeEveryKey',
    test: `${IDENTITY}/api-keys`,
  },
  {
    name: 'a form of another site changes nothing',
    ids: ['S10'],
    file: 'apps/web/server/isSameOrigin.ts',
    code: "if (site !== undefined) return site === 'same-origin'",
    without: 'if (site !== undefined) return true',
    test: 'apps/web/server/isSameOrigin.test.ts',
  },
]
