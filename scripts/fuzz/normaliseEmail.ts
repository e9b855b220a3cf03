/** An address as it is stored. */
export function normaliseEmail(email: unknown): string {
  return String(email).trim().normalize('NFC').toLowerCase()
}
