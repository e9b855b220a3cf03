import type { EntityManager } from '@mikro-orm/postgresql'
import type { PublicIdPrefix } from '@wellness/domain/publicId'
import type { Scope } from '@wellness/domain/scope'
import type { Logger } from 'pino'
import { ApiKeyRepository } from './modules/identity/api-keys/apiKey.repository.ts'
import { ApiKeyType } from './modules/identity/api-keys/apiKey.type.ts'
import { apiKeySecret } from './modules/identity/api-keys/apiKeySecret.ts'
import { byLogin } from './modules/identity/logins/byLogin.ts'
import { LoginRepository } from './modules/identity/logins/login.repository.ts'
import { LoginType } from './modules/identity/logins/login.type.ts'
import type { Viewer } from './modules/identity/logins/viewer.ts'
import { SecurityEventType } from './modules/identity/security-events/securityEvent.type.ts'
import { SecurityEventPages } from './modules/identity/security-events/securityEventPages.ts'
import { UserType } from './modules/identity/users/user.type.ts'
import { BeatStore } from './modules/sessions/beat.store.ts'
import { liveSessionRider } from './modules/sessions/liveSessionRider.ts'
import { SessionService } from './modules/sessions/session.service.ts'
import { SessionStore } from './modules/sessions/session.store.ts'
import { SessionType } from './modules/sessions/session.type.ts'
import { SessionPages } from './modules/sessions/sessionPages.ts'
import { UserExport } from './modules/user-data/userExport.ts'
import type { UserDataContext } from './modules/user-data/userData.context.ts'
import { UserDeletionService } from './modules/user-data/userDeletion.service.ts'
import { UserErasure } from './modules/user-data/userErasure.ts'
import { opaqueToken } from './platform/crypto/opaqueToken.ts'
import { CursorCodec } from './platform/graphql/cursorCodec.ts'
import type { TransactionRunner } from './platform/database/statementRunner.ts'
import { OperationStatements } from './platform/graphql/operationStatements.ts'
import type { KeyRule } from './platform/graphql/key-access/forKeys.ts'
import type { NodeType } from './platform/graphql/node.type.ts'
import type { Credential } from './platform/graphql/credential.ts'
import type { Client } from './platform/graphql/requestContext.ts'
import type { RunningOperation } from './platform/graphql/runningOperation.ts'
import { unauthenticated } from './platform/graphql/unauthenticated.ts'
import type { Services } from './services.ts'

/** All that resolvers find in their context. */
export type ApiContext = UserDataContext

export interface ContextRequest {
  requestId: string
  operation: RunningOperation
  client: Client
  authorization: string | undefined
}

/** Makes the function that makes a request's context: the one place where features meet a request. */
export function createContextFactory(services: Services): (request: ContextRequest) => Promise<ApiContext> {
  const { statements, clock } = services
  const logins = new LoginRepository([liveSessionRider])
  const apiKeys = new ApiKeyRepository([liveSessionRider])
  const stores = { store: new SessionStore(services.redis), beats: new BeatStore(services.redis) }
  const identity = services.identity
  const erasure = new UserErasure({ ...services, ...identity, ...stores })
  const shared: SharedParts = {
    ...services,
    ...stores,
    sessionCursors: new CursorCodec(services.keys, 'sessions'),
    securityEventCursors: new CursorCodec(services.keys, 'security events'),
    userExport: new UserExport({ ...services, ...identity }),
    userDeletion: new UserDeletionService({ ...services, ...identity, erasure }),
  }

  async function getViewer(authorization: string): Promise<Viewer> {
    const secret = /^Bearer ([^\s]+)$/i.exec(authorization)?.[1]
    const viewer = secret === undefined ? null : await findViewer(secret)
    if (!viewer) throw unauthenticated()
    return viewer
  }

  /** By the form of what was sent: no login's token has that of a key. */
  async function findViewer(secret: string): Promise<Viewer | null> {
    const keyHash = apiKeySecret.hash(secret)
    if (keyHash) return apiKeys.findViewer(statements, keyHash, clock.now())
    const tokenHash = opaqueToken.hash(secret)
    return tokenHash && logins.findViewer(statements, tokenHash, clock.now())
  }

  return async (request) => {
    const { authorization } = request
    const viewer = authorization === undefined ? null : await getViewer(authorization)
    return new LazyContext(shared, request, viewer)
  }
}

type SharedParts = Services & {
  store: SessionStore
  beats: BeatStore
  sessionCursors: CursorCodec
  securityEventCursors: CursorCodec
  userExport: UserExport
  userDeletion: UserDeletionService
}

/** What an API key needs to fetch a thing by its id; without it the thing is as if it did not exist. */
const NODE_RULES: Record<PublicIdPrefix, KeyRule> = {
  user: 'PROFILE_READ',
  session: 'SESSIONS_READ',
  login: 'NONE',
  event: 'NONE',
  key: 'NONE',
}

function mayFetch(rule: KeyRule, keyScopes: readonly Scope[] | null): boolean {
  return keyScopes === null || (rule !== 'NONE' && (rule === 'ANY' || keyScopes.includes(rule)))
}

/**
 * Makes each part when somebody first asks for it: most operations need few of them. The engine copies the context by
 * its own properties and its prototype, so that the getters stand there and nothing is `#private`.
 */
class LazyContext implements ApiContext {
  readonly requestId: string
  readonly operation: RunningOperation
  readonly client: Client
  private made: {
    em?: EntityManager
    statements?: TransactionRunner
    logger?: Logger
    sessions?: SessionService
    pages?: SessionPages
    events?: SecurityEventPages
  } = {}

  constructor(
    private readonly shared: SharedParts,
    { requestId, operation, client }: ContextRequest,
    readonly viewer: Viewer | null,
  ) {
    this.requestId = requestId
    this.operation = operation
    this.client = client
  }

  get keyScopes(): readonly Scope[] | null {
    const { viewer } = this
    return viewer?.credential.kind === 'apiKey' ? viewer.credential.scopes : null
  }

  get credential(): Credential | null {
    return this.viewer && this.viewer.credential
  }

  get ownerId(): string | null {
    return this.viewer && this.viewer.userId
  }

  get em(): EntityManager {
    return (this.made.em ??= this.shared.orm.em.fork({
      signal: this.operation.signal,
      inflightQueryAbortStrategy: 'cancel query',
    }))
  }

  /** Statements past the ORM, which take no more once the operation's time is over. */
  private get statements(): TransactionRunner {
    return (this.made.statements ??= new OperationStatements(this.shared.statements, this.operation))
  }

  get logger(): Logger {
    return (this.made.logger ??= this.shared.logger.child({ requestId: this.requestId }))
  }

  get identity(): Services['identity'] {
    return this.shared.identity
  }

  get sessions(): SessionService {
    return (this.made.sessions ??= this.makeSessions())
  }

  get sessionPages(): SessionPages {
    return (this.made.pages ??= new SessionPages(this.statements))
  }

  get sessionCursors(): CursorCodec {
    return this.shared.sessionCursors
  }

  get securityEventPages(): SecurityEventPages {
    return (this.made.events ??= new SecurityEventPages(this.statements))
  }

  get securityEventCursors(): CursorCodec {
    return this.shared.securityEventCursors
  }

  get userExport(): UserExport {
    return this.shared.userExport
  }

  get userDeletion(): UserDeletionService {
    return this.shared.userDeletion
  }

  private makeSessions(): SessionService {
    const { viewer, statements } = this
    // By name: all that is shared is some thirty things, and most requests come by here.
    const { clock, store, beats } = this.shared
    const known = viewer && { userId: viewer.userId, session: liveSessionRider.read(viewer) }
    const getLogger = () => this.logger
    return new SessionService({ clock, store, beats, statements, getLogger, ...(known && { known }) })
  }

  async loadNodes(prefix: PublicIdPrefix, uuids: string[]): Promise<(NodeType | null)[]> {
    const { viewer } = this
    if (!viewer || !mayFetch(NODE_RULES[prefix], this.keyScopes)) return []
    const user = UserType.from(viewer.user)
    if (prefix === 'user') return uuids.map((uuid) => (uuid === viewer.userId ? user : null))
    if (prefix === 'login') {
      const logins = await this.identity.loginList.findByIds(this.em, viewer.userId, uuids)
      const current = byLogin(viewer)
      return logins.map((login) => login && current && LoginType.from(login, current))
    }
    if (prefix === 'key') {
      const keys = await this.identity.apiKeyList.findByIds(this.em, viewer.userId, uuids)
      return keys.map((key) => ApiKeyType.from(key))
    }
    if (prefix === 'event') {
      const events = await this.securityEventPages.findByIds(viewer.userId, uuids)
      return events.map((event) => SecurityEventType.from(event))
    }
    const found = await this.sessions.findByIds(viewer.userId, uuids)
    return found.map((session) => SessionType.from(session, user))
  }
}
