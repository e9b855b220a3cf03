/** Gentle breath: in for 4 seconds, out for 6, no holds. */
export const GENTLE_BREATH = { inMs: 4_000, outMs: 6_000 } as const

export interface BreathMoment {
  phase: 'in' | 'out'
  /** From 0, empty, to 1, full. */
  fullness: number
}

/** Where the breath is so long after its start: from the clock alone, so that a woken tab is in the right place. */
export function breathAt(sinceStartMs: number): BreathMoment {
  const { inMs, outMs } = GENTLE_BREATH
  const cycleMs = inMs + outMs
  const inCycleMs = ((sinceStartMs % cycleMs) + cycleMs) % cycleMs
  return inCycleMs < inMs
    ? { phase: 'in', fullness: ease(inCycleMs / inMs) }
    : { phase: 'out', fullness: 1 - ease((inCycleMs - inMs) / outMs) }
}

/** Slow at both ends, as a breath is. */
function ease(share: number): number {
  return (1 - Math.cos(Math.PI * share)) / 2
}
