/** The part of the changelog that tells of what is not published yet: from its heading to the next one. */
const NEXT = /^## Next\n.*?(?=^## |(?![^]))/ms

export const nextSection = {
  /** @throws where the changelog has none. */
  get(changelog: string): string {
    const [section] = NEXT.exec(changelog) ?? []
    if (section === undefined) throw new Error('The changelog has no section "## Next"')
    return section
  },
  replace: (changelog: string, section: string) => changelog.replace(NEXT, () => section),
}
