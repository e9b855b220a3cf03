/**
 * The address to go to after signing in, as far as it is one of ours. An open redirect would lend our name to a
 * stranger's page: `//evil.example`, `/\evil.example`, a scheme, or a tab that browsers leave out, all lead elsewhere.
 */
export function localPath(wanted: FormDataEntryValue | null | undefined, fallback: string): string {
  if (typeof wanted !== 'string' || !/^\/(?![/\\])/.test(wanted)) return fallback
  const base = 'http://here.invalid'
  if (!URL.canParse(wanted, base)) return fallback
  const { origin, pathname, search } = new URL(wanted, base)
  // A path that begins with two slashes, as `/.//evil.example` does once resolved, is another host's again.
  return origin === base && !pathname.startsWith('//') ? pathname + search : fallback
}
