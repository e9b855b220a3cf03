/** What stands on the browser's tab. */
export function pageTitle(name: string): string {
  return `${name} · Wellness Assistant`
}
