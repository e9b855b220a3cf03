import { NavLink, useLocation } from '@remix-run/react'
import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'

const item =
  'inline-flex min-h-11 items-center whitespace-nowrap rounded-full border border-hair bg-surface px-3.5 text-[0.9375rem] text-ink hover:bg-tint aria-[current=page]:border-line aria-[current=page]:bg-tint lg:w-full lg:px-4 lg:rounded-xl lg:border-transparent lg:bg-transparent lg:aria-[current=page]:border-transparent lg:aria-[current=page]:bg-tint lg:aria-[current=page]:font-semibold'

/** A page among others of its kind, and the way to them: beside it, or on one line that slides where there is little room. */
export function SidePages({
  label,
  pages,
  children,
}: {
  label: string
  /** `isWhole` for an address that others begin with. */
  pages: readonly { to: string; name: string; isWhole?: boolean }[]
  children: ReactNode
}) {
  const { pathname } = useLocation()
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => {
    const current = list.current?.querySelector('[aria-current=page]')
    if (!list.current || !current) return
    // The line alone: scrollIntoView would take whoever came for a part of the page back to its top.
    list.current.scrollLeft += centreOf(current) - centreOf(list.current)
  }, [pathname])
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-x-12 gap-y-4 sm:gap-y-8 lg:grid-cols-[11rem_minmax(0,1fr)]">
      <nav aria-label={label} className="-mx-4 -my-1.5 sm:m-0">
        <ul ref={list} className="side-pages flex gap-2 lg:grid lg:gap-1">
          {pages.map(({ to, name, isWhole = false }) => (
            <li key={to}>
              <NavLink to={to} end={isWhole} className={item}>
                {name}
              </NavLink>
            </li>
          ))}
        </ul>
      </nav>
      {children}
    </div>
  )
}

function centreOf(element: Element): number {
  const { left, width } = element.getBoundingClientRect()
  return left + width / 2
}
