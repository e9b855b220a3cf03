import type { ReactNode } from 'react'

/** What the page is, and what one can do on it. A title that somebody chose may be long: it is clamped, and whole on asking. */
export function PageIntro({
  title,
  isClamped,
  children,
}: {
  title: string
  isClamped?: boolean
  children?: ReactNode
}) {
  return (
    <div className="max-w-2xl">
      <h1
        className={`text-[1.75rem] sm:text-4xl ${isClamped ? 'line-clamp-2 break-words' : ''}`}
        title={isClamped ? title : undefined}
      >
        {title}
      </h1>
      {children && <div className="mt-3 grid gap-2 text-lg text-muted">{children}</div>}
    </div>
  )
}
