/** A time to wait, in words, never shorter than it is. */
export function formatWait(seconds: number | null): string {
  if (seconds === null) return 'a few minutes'
  if (seconds < 60) return count(Math.max(1, seconds), 'second')
  if (seconds < 3600) return count(Math.ceil(seconds / 60), 'minute')
  return count(Math.ceil(seconds / 3600), 'hour')
}

function count(amount: number, unit: string): string {
  return `${amount} ${unit}${amount === 1 ? '' : 's'}`
}
