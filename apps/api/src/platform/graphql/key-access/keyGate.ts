import type { Scope } from '@wellness/domain/scope'
import { type DocumentNode, GraphQLError, type GraphQLSchema, type OperationDefinitionNode } from 'graphql'
import { findKeyNeeds, type KeyNeeds } from './findKeyNeeds.ts'

/** An answer is no list of everything that was asked for. */
const SHUT_TOLD_MAX = 5

/** Lets an API key run what its scopes allow, and nothing else. Ask it between validation and execution. */
export class KeyGate {
  readonly #schema: GraphQLSchema
  /** As long as the server keeps a document, it is read for this once. */
  readonly #known = new WeakMap<OperationDefinitionNode, KeyNeeds>()

  constructor(schema: GraphQLSchema) {
    this.#schema = schema
  }

  /**
   * @param scopes of the key that the request was made with; null when it was made without one, and may pass.
   * @throws FORBIDDEN, naming the scopes that the operation needs.
   */
  assertMayRun(
    document: DocumentNode,
    operation: OperationDefinitionNode,
    scopes: readonly Scope[] | null,
  ): void {
    if (scopes === null) return
    const needs = this.#findNeeds(document, operation)
    const missing = needs.scopes.filter((scope) => !scopes.includes(scope))
    if (needs.shut.length > 0) throw forbidden(tellShut(needs.shut), needs, missing)
    if (missing.length > 0) throw forbidden(tellMissing(missing), needs, missing)
  }

  #findNeeds(document: DocumentNode, operation: OperationDefinitionNode): KeyNeeds {
    let needs = this.#known.get(operation)
    if (!needs) {
      needs = findKeyNeeds(this.#schema, document, operation)
      this.#known.set(operation, needs)
    }
    return needs
  }
}

function tellShut(shut: readonly string[]): string {
  return `No API key may ask for ${shut.slice(0, SHUT_TOLD_MAX).join(', ')}: that takes a login.`
}

function tellMissing(missing: readonly Scope[]): string {
  return `This API key lacks ${missing.join(' and ')}. Scopes are chosen when a key is made: make one with ${missing.length > 1 ? 'them' : 'it'}.`
}

function forbidden(message: string, { scopes }: KeyNeeds, missing: readonly Scope[]): GraphQLError {
  return new GraphQLError(message, {
    extensions: {
      code: 'FORBIDDEN',
      requiredScopes: scopes,
      missingScopes: missing,
      http: { status: 403 },
    },
  })
}
