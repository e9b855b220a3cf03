import { useCallback, useEffect, useRef } from 'react'

/** Below this, a new estimate is more likely noise of the network than a better clock. */
const NOISE_MS = 400

/**
 * The server's clock, as far as it can be told here, since the clock of a device may be minutes off. It starts from the
 * moment the page was rendered at, and each beat corrects it.
 */
export function useServerClock(renderedAt: number) {
  const offsetMs = useRef<number | null>(null)
  useEffect(() => {
    offsetMs.current ??= renderedAt - Date.now()
  }, [renderedAt])

  const now = useCallback(() => Date.now() + (offsetMs.current ?? 0), [])
  const correct = useCallback((serverNow: number) => {
    const estimate = serverNow - Date.now()
    if (offsetMs.current === null || Math.abs(estimate - offsetMs.current) > NOISE_MS)
      offsetMs.current = estimate
  }, [])
  return { now, correct }
}
