/** One message to one person. */
export interface Mail {
  to: string
  subject: string
  /** What is read first, and by some alone. */
  text: string
  html: string
}
