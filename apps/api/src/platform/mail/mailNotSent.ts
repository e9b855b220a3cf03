/** A mail did not leave, or may not have left. The message names neither the person nor the contents. */
export class MailNotSent extends Error {
  override name = 'MailNotSent'
  /** The server was never reached, or refused: nobody got the mail. Otherwise one cannot know. */
  readonly surely: boolean
  /** The server will never take it: trying again is of no use. */
  readonly forGood: boolean

  constructor(reason: string, { surely, forGood }: { surely: boolean; forGood: boolean }) {
    super(`The mail was not sent: ${reason}`)
    this.surely = surely
    this.forGood = forGood
  }
}
