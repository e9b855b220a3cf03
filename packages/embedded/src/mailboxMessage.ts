/** One mail, as it was received. */
export interface MailboxMessage {
  id: string
  receivedAt: Date
  from: string
  /** Whom the envelope named, which is who would have received it. */
  to: string[]
  subject: string
  text: string
  html: string | null
  /** The addresses that the text part holds, in their order. */
  links: string[]
  headers: { name: string; value: string }[]
  /** As it came over the wire. */
  raw: string
}
