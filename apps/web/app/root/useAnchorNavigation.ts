import { useNavigate } from '@remix-run/react'
import { useEffect } from 'react'

/**
 * Lets plain links change the page without a reload. Remix's own component does the same, at the price of some ten
 * microseconds of server time for each: the history has twenty of them on a page.
 */
export function useAnchorNavigation(): void {
  const navigate = useNavigate()
  useEffect(() => {
    const follow = (event: MouseEvent) => {
      const anchor = (event.target as Element | null)?.closest?.('a')
      if (!anchor || !isFollowed(event, anchor)) return
      event.preventDefault()
      navigate(anchor.pathname + anchor.search + anchor.hash)
    }
    document.addEventListener('click', follow)
    return () => document.removeEventListener('click', follow)
  }, [navigate])
}

/** No page of ours is called so. */
const FILE = /\.\w+$/

/** Whether a click means: show this page of ours here. Everything else is the browser's. */
function isFollowed(
  event: MouseEvent,
  { origin, pathname, search, hash, target, href, download }: HTMLAnchorElement,
): boolean {
  const isPlainClick =
    event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey
  const isHere = pathname === location.pathname && search === location.search
  return (
    isPlainClick &&
    !event.defaultPrevented &&
    href !== '' &&
    download === '' &&
    (target === '' || target === '_self') &&
    origin === location.origin &&
    !(isHere && hash !== '') &&
    !FILE.test(pathname) &&
    isExplorer(pathname) === isExplorer(location.pathname)
  )
}

/** It is loaded, and left, as a whole: it has a Content-Security-Policy of its own. */
function isExplorer(pathname: string): boolean {
  return pathname === '/explorer'
}
