import type { ReactNode } from 'react'

const widths = { narrow: 'max-w-xl', text: 'max-w-2xl', list: 'max-w-3xl' }

/** A page of one column, as wide as is good for what it holds. */
export function Column({ width, children }: { width: keyof typeof widths; children: ReactNode }) {
  return <div className={`mx-auto w-full ${widths[width]}`}>{children}</div>
}
