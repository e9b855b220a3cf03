import { useEffect, useRef } from 'react'
import { Rings } from '../../ui/Rings.tsx'
import { breathAt } from './gentleBreath.ts'

/**
 * The circle that grows with the breath. The script sets one number for each frame and the style sheet makes of it
 * what the person wants to see: growth, or with reduced motion only light. The words beside it say all of it too.
 */
export function BreathingCircle({
  elapsedMsAtRender,
  elapsedMsNow,
}: {
  elapsedMsAtRender: number
  elapsedMsNow: () => number
}) {
  const circle = useRef<HTMLDivElement>(null)
  useEffect(() => {
    let frame = requestAnimationFrame(function draw() {
      const { phase, fullness } = breathAt(elapsedMsNow())
      circle.current?.style.setProperty('--breath', fullness.toFixed(4))
      if (circle.current && circle.current.dataset['phase'] !== phase) circle.current.dataset['phase'] = phase
      frame = requestAnimationFrame(draw)
    })
    return () => cancelAnimationFrame(frame)
  }, [elapsedMsNow])

  return (
    <div aria-hidden="true" className="guide w-full">
      <Rings ref={circle} isBreathing phase={breathAt(elapsedMsAtRender).phase}>
        <span className="in">Breathe in</span>
        <span className="out">Breathe out</span>
      </Rings>
    </div>
  )
}
