import { Form, Link, NavLink } from '@remix-run/react'
import { Logo } from '../ui/Logo.tsx'

const item =
  'inline-flex min-h-11 items-center rounded-lg px-2.5 text-[0.9375rem] text-ink underline-offset-8 hover:underline aria-[current=page]:font-semibold aria-[current=page]:underline aria-[current=page]:decoration-2 aria-[current=page]:decoration-rose'

/** The same on every page; the way to help always stands in its place. */
export function SiteHeader({ isSignedIn }: { isSignedIn: boolean }) {
  return (
    <header className="border-b border-hair">
      <div className="mx-auto flex w-full max-w-5xl flex-wrap items-center justify-between gap-x-4 px-4 py-2 sm:px-8">
        <Link
          to="/"
          className="inline-flex min-h-11 items-center gap-2.5 rounded-lg font-semibold tracking-tight"
        >
          <Logo />
          Wellness Assistant
        </Link>
        <Link to="/support" className={`${item} -mx-2.5 text-link! sm:mr-auto sm:ml-2`}>
          Need support now?
        </Link>
        <nav aria-label="Main" className="-mx-2.5 flex w-full flex-wrap items-center sm:w-auto">
          {isSignedIn ? (
            <>
              <NavLink to="/today" className={item}>
                Today
              </NavLink>
              <NavLink to="/history" className={item}>
                History
              </NavLink>
              <NavLink to="/settings/profile" className={item}>
                Profile
              </NavLink>
              <Form method="post" action="/sign-out">
                <button className={item}>Sign out</button>
              </Form>
            </>
          ) : (
            <>
              <NavLink to="/sign-in" className={item}>
                Sign in
              </NavLink>
              <NavLink to="/sign-up" className={item}>
                Sign up
              </NavLink>
            </>
          )}
        </nav>
      </div>
    </header>
  )
}
