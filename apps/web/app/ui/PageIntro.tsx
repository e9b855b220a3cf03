import type { ReactNode } from 'react'

/** What the page is, and what one can do on it. */
export function PageIntro({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="max-w-2xl">
      <h1 className="text-[1.75rem] sm:text-4xl">{title}</h1>
      {children && <div className="mt-3 grid gap-2 text-lg text-muted">{children}</div>}
    </div>
  )
}
