import type { ReactNode } from 'react'

/** A part of a page with a heading of its own, set apart from the others. */
export function Section({ title, children }: { title?: string; children: ReactNode }) {
  return (
    <section className="grid gap-4 rounded-3xl border border-hair bg-surface p-5 min-[24rem]:p-6 sm:p-8">
      {title && <h2 className="text-xl">{title}</h2>}
      {children}
    </section>
  )
}
