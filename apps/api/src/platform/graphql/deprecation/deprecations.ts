import { SECOND } from '@wellness/domain/time'
import { type DocumentNode, type GraphQLSchema, NoDeprecatedCustomRule, validate } from 'graphql'
import { deprecationReasons } from './deprecationReasons.ts'
import { type Deprecation, readDeprecation } from './readDeprecation.ts'

/** As much of a reply as this needs. */
interface Head {
  header(name: string, value: string): unknown
}

/** Tells callers, answer by answer, that something which they use will go. */
export class Deprecations {
  readonly #schema: GraphQLSchema
  readonly #isAny: boolean
  /** As long as the server keeps a document, it is read for this once. */
  readonly #known = new WeakMap<DocumentNode, Deprecation | null>()

  /** @throws where something of the schema is deprecated without saying from when to when. */
  constructor(schema: GraphQLSchema) {
    this.#schema = schema
    this.#isAny = deprecationReasons(schema).map(readDeprecation).length > 0
  }

  /** The headers `Deprecation` (RFC 9745) and `Sunset` (RFC 8594), where the document names anything that is deprecated. */
  tell(document: DocumentNode | null, head: Head): void {
    if (!this.#isAny || document === null) return
    const deprecation = this.#find(document)
    if (!deprecation) return
    head.header('deprecation', `@${deprecation.since.getTime() / SECOND}`)
    head.header('sunset', deprecation.until.toUTCString())
  }

  #find(document: DocumentNode): Deprecation | null {
    let found = this.#known.get(document)
    if (found === undefined) {
      const all = validate(this.#schema, document, [NoDeprecatedCustomRule]).map(({ message }) =>
        readDeprecation(message),
      )
      // Of several, that which is gone first: it is what has to be done first.
      found = all.reduce<Deprecation | null>(
        (first, next) => (first && first.until <= next.until ? first : next),
        null,
      )
      this.#known.set(document, found)
    }
    return found
  }
}
