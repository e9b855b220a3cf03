import { v7 } from 'uuid'

/** A UUIDv7: unique without asking the database, and in the order of creation, which keeps indexes dense. */
export function newId(): string {
  return v7()
}
