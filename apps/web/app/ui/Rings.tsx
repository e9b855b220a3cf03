import { forwardRef } from 'react'
import type { ReactNode } from 'react'

/** Three rings around a core. They lie still, unless `isBreathing` and something moves them. */
export const Rings = forwardRef<
  HTMLDivElement,
  { isBreathing?: boolean; phase?: string; children?: ReactNode }
>(function Rings({ isBreathing, phase, children }, ref) {
  return (
    <div ref={ref} className={isBreathing ? 'rings breathing' : 'rings'} data-phase={phase}>
      <span className="halo" />
      <span className="halo" />
      <span className="halo" />
      {children && <div className="words">{children}</div>}
    </div>
  )
})
