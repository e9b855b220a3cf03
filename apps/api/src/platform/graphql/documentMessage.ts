import { type GraphQLError, Kind } from 'graphql'

const MESSAGE_MAX_LENGTH = 300
const REQUIRED_FIELD_MISSING = /^Field "\w+\.\w+" of required type "[^"]+" was not provided\.$/
const EXPECTED_TYPE =
  /^Expected value of type "([^"]+)"|^(\w+) cannot represent|^Enum "(\w+)" cannot represent|" does not exist in "(\w+)" enum\.$/
const TOKEN_WITH_VALUE = /\b(Name|Int|Float|String|BlockString) "[\s\S]*"/
const VALUE_KINDS: ReadonlySet<string | undefined> = new Set([
  Kind.INT,
  Kind.FLOAT,
  Kind.STRING,
  Kind.BOOLEAN,
  Kind.NULL,
  Kind.ENUM,
  Kind.LIST,
  Kind.OBJECT,
])

/**
 * What to say of a document that does not parse or does not fit the schema. The engine prints the value it stumbled
 * over, which may be a password that was written into the document; place and expected type say enough.
 */
export function documentMessage({ message, nodes }: GraphQLError): string {
  return withoutValue(message, nodes?.[0]?.kind)
    .replace(/,? did you mean [\s\S]*$/i, '.')
    .slice(0, MESSAGE_MAX_LENGTH)
}

function withoutValue(message: string, kind: string | undefined): string {
  if (message.startsWith('Syntax Error')) return message.replace(TOKEN_WITH_VALUE, '$1')
  if (!VALUE_KINDS.has(kind) || REQUIRED_FIELD_MISSING.test(message)) return message
  const type = EXPECTED_TYPE.exec(message)?.slice(1).find(Boolean)
  return type ? `A value of type "${type}" is expected here.` : 'This value does not fit here.'
}
