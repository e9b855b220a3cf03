/** Raw reads give timestamptz as text; the application writes milliseconds, so a Date holds all of it. */
export function toDate(value: string | Date): Date {
  return value instanceof Date ? value : new Date(value)
}
