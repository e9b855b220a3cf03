import { useLocation } from '@remix-run/react'
import { useEffect, useRef } from 'react'

/** After a change of page without a reload, the focus goes to its content, as a reload would have put it to the top. */
export function useFocusOnArrival() {
  const main = useRef<HTMLElement>(null)
  const { pathname } = useLocation()
  const lastPath = useRef(pathname)
  useEffect(() => {
    if (lastPath.current === pathname) return
    lastPath.current = pathname
    main.current?.focus({ preventScroll: true })
  }, [pathname])
  return main
}
