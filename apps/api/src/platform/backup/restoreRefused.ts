/** A back-up cannot be restored; the message is for the operator. */
export class RestoreRefused extends Error {
  override name = 'RestoreRefused'
}
