/** Texts that programs decide by: a page that shows another one lies. */
const ENUM = /^[A-Z][A-Z_]+$/
/** Sentences that readers look for, and prices that they reckon with. */
const EXACT = ['message', 'requested']

/**
 * Where an answer differs from the one that a page shows; null where it fits. The same members, the same kinds of values,
 * and to the letter what readers rely on: codes, messages, what is true or null, and the beginning of what ends in an ellipsis.
 */
export function findMisfit(shown: unknown, actual: unknown, path = 'answer'): string | null {
  const misfit = `${path} is ${JSON.stringify(actual)}, shown as ${JSON.stringify(shown)}`
  if (Array.isArray(shown)) {
    if (!Array.isArray(actual)) return misfit
    if (shown.length === 0 || actual.length < shown.length)
      return actual.length === shown.length ? null : misfit
    return first(shown.map((item, index) => findMisfit(item, actual[index], `${path}[${index}]`)))
  }
  if (shown !== null && typeof shown === 'object') {
    if (actual === null || typeof actual !== 'object') return misfit
    const names = Object.keys(shown)
    // What every answer has beside its data is told once, and not shown each time.
    const others = Object.keys(actual).filter((name) => path !== 'answer' || name !== 'extensions')
    if ([...new Set([...names, ...others])].length !== names.length) return misfit
    const members = actual as Record<string, unknown>
    return first(
      Object.entries(shown).map(([name, value]) =>
        EXACT.includes(name) && value !== members[name]
          ? `${path}.${name} is ${JSON.stringify(members[name])}, shown as ${JSON.stringify(value)}`
          : findMisfit(value, members[name], `${path}.${name}`),
      ),
    )
  }
  if (typeof shown !== 'string') {
    return typeof shown === 'number'
      ? typeof actual === 'number'
        ? null
        : misfit
      : shown === actual
        ? null
        : misfit
  }
  if (typeof actual !== 'string') return misfit
  if (ENUM.test(shown)) return shown === actual ? null : misfit
  const [beginning = ''] = shown.split('…')
  return shown.includes('…') && !actual.startsWith(beginning) ? misfit : null
}

function first(misfits: (string | null)[]): string | null {
  return misfits.find((misfit) => misfit !== null) ?? null
}
