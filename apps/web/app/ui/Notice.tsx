import type { ReactNode } from 'react'

/** Something to know, set apart from the rest. With `isNews` it is also announced. */
export function Notice({ isNews, children }: { isNews?: boolean; children: ReactNode }) {
  return (
    <div
      role={isNews ? 'status' : undefined}
      className="max-w-2xl rounded-2xl border border-hair bg-tint px-5 py-4 [&_a]:text-link [&_a]:underline"
    >
      {children}
    </div>
  )
}
