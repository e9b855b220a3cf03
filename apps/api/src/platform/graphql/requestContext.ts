import type { EntityManager } from '@mikro-orm/postgresql'
import type { PublicIdPrefix } from '@wellness/domain/publicId'
import type { Scope } from '@wellness/domain/scope'
import type { Logger } from 'pino'
import type { Credential } from './credential.ts'
import type { NodeType } from './node.type.ts'
import type { RunningOperation } from './runningOperation.ts'

/** Where a request came from, as far as a trusted hop says so. */
export interface Client {
  ipAddress: string
  userAgent: string | null
}

/** What every resolver has at hand for the length of one request. Modules extend it by what they add. */
export interface RequestContext {
  requestId: string
  operation: RunningOperation
  logger: Logger
  client: Client
  /** What the API key may do that the request was made with; null when it was made with none. */
  keyScopes: readonly Scope[] | null
  /** What the request was made with and found good; null when it came without a credential. */
  credential: Credential | null
  /** Whose credential it is. */
  ownerId: string | null
  /**
   * A fork of this request's own: identity map and transactions are shared with no other request. When the operation's
   * time is over, its statements are cancelled and it takes no more.
   */
  em: EntityManager
  /** Fetches the nodes of one kind that the viewer may see, in the order of the ids; null for the others. */
  loadNodes(prefix: PublicIdPrefix, uuids: string[]): Promise<(NodeType | null)[]>
}
