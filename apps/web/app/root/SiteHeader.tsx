import { Form, useLocation } from '@remix-run/react'
import { Logo } from '../ui/Logo.tsx'
import { tabMemory } from './tabMemory.ts'

/** The same on every page; the way to help always stands in its place. */
export function SiteHeader({ isSignedIn }: { isSignedIn: boolean }) {
  const { pathname } = useLocation()
  // Whoever is signed in never sees that page: a cookie that is still there is that of a login which is over.
  const hasLogin = isSignedIn && pathname !== '/sign-in'
  return (
    <header className="border-b border-hair">
      <div className="mx-auto flex w-full max-w-5xl flex-wrap items-center justify-between gap-x-4 px-4 py-1 sm:px-8 sm:py-2">
        <a
          href="/"
          className="inline-flex min-h-11 items-center gap-2 rounded-lg font-semibold tracking-tight sm:gap-2.5"
        >
          <Logo />
          <span>
            Wellness<span className="max-[24rem]:sr-only"> Assistant</span>
          </span>
        </a>
        <a href="/support" className="site-link -mx-2 text-link! min-[24rem]:-mx-2.5 sm:mr-auto sm:ml-2">
          Need support now?
        </a>
        <nav
          aria-label="Main"
          className="-mx-2 flex w-full min-[24rem]:-mx-2.5 flex-wrap items-center sm:w-auto"
        >
          {hasLogin ? (
            <>
              <Item to="/today">Today</Item>
              <Item to="/history">History</Item>
              <Item to="/settings">Settings</Item>
              <Form
                method="post"
                action="/sign-out"
                reloadDocument={pathname === '/explorer'}
                onSubmit={tabMemory.forget}
              >
                <button className="site-link">Sign out</button>
              </Form>
            </>
          ) : (
            <>
              <Item to="/sign-in">Sign in</Item>
              <Item to="/sign-up">Sign up</Item>
            </>
          )}
        </nav>
      </div>
    </header>
  )
}

function Item({ to, children }: { to: string; children: string }) {
  const { pathname } = useLocation()
  const isCurrent = pathname === to || pathname.startsWith(`${to}/`)
  return (
    <a href={to} aria-current={isCurrent ? 'page' : undefined} className="site-link">
      {children}
    </a>
  )
}
