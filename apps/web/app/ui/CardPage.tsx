import type { ReactNode } from 'react'

/** A page that is one form or one decision. */
export function CardPage({ children }: { children: ReactNode }) {
  return (
    <div className="mx-auto w-full max-w-xl rounded-3xl border border-hair bg-surface p-5 min-[24rem]:p-6 sm:mt-4 sm:p-10">
      {children}
    </div>
  )
}
