/** As forms and addresses hold it. Half a character has no such form, and is replaced. */
export function encodeText(text: string): string {
  return encodeURIComponent(text.toWellFormed())
}
