import { useEffect, useState } from 'react'
import { formatElapsed } from './formatElapsed.ts'

/** The time since the start. A timer is not announced by itself; whoever wants to know finds it. */
export function ElapsedTime({
  elapsedMsAtRender,
  elapsedMsNow,
}: {
  elapsedMsAtRender: number
  elapsedMsNow: () => number
}) {
  const [elapsedMs, setElapsedMs] = useState(elapsedMsAtRender)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>
    const tick = () => {
      const now = elapsedMsNow()
      setElapsedMs(now)
      timer = setTimeout(tick, 1000 - (now % 1000) + 5)
    }
    tick()
    return () => clearTimeout(timer)
  }, [elapsedMsNow])

  return (
    <p className="text-4xl font-semibold tabular-nums tracking-tight">
      <span className="sr-only">Time so far: </span>
      <span role="timer" aria-live="off">
        {formatElapsed(elapsedMs)}
      </span>
    </p>
  )
}
