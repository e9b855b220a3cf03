/** What a form shows after it was sent and could not be accepted. */
export interface FormState {
  /** What was typed, to be shown again; never a password. */
  values: Record<string, string>
  /** By the name of the field. */
  fieldErrors: Record<string, string>
  /** What is wrong beyond single fields. */
  formErrors: string[]
  /** The API's codes for all of it, where a page has more to say about one. */
  codes: string[]
}
