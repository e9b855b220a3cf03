const OWNER = 'owner'

/**
 * What this tab remembers beyond a page: what was written in the explorer. The tab outlives whoever wrote it, so that it is
 * kept for one person and for nobody after them.
 */
export const tabMemory = {
  /** Forgets what was another's. What was written before signing in is its writer's, and stays. */
  keepFor(userId: string | null): void {
    const owner = sessionStorage.getItem(OWNER)
    if (owner !== null && owner !== userId) sessionStorage.clear()
    if (userId !== null) sessionStorage.setItem(OWNER, userId)
  },

  /** Whose it was stays known: what an editor still writes as its page goes is then taken for theirs. */
  forget(): void {
    const owner = sessionStorage.getItem(OWNER)
    sessionStorage.clear()
    if (owner !== null) sessionStorage.setItem(OWNER, owner)
  },
}
