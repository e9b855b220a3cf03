/** What an accepted request is to have done, in the words of the API's mutations, whichever way it came. */
export interface Command {
  field: string
  input: Record<string, unknown>
  /** What the answer says of it, as far as the request asked: null where it tells nothing. */
  payload: Record<string, unknown> | null
  /** False where it may have been refused as well. */
  isSure?: boolean
}
