import { data } from '@remix-run/node'
import type { LoaderFunctionArgs } from '@remix-run/node'
import { NavLink, Outlet, useLoaderData, useLocation } from '@remix-run/react'
import { useEffect, useRef } from 'react'
import { doneNews } from '../../.server/doneNews.ts'
import { Notice } from '../../ui/Notice.tsx'

const pages = [
  { to: '/settings/profile', name: 'Profile' },
  { to: '/settings/password', name: 'Password' },
  { to: '/settings/email', name: 'E-mail' },
  { to: '/settings/devices', name: 'Devices' },
  { to: '/settings/keys', name: 'API keys' },
  { to: '/settings/activity', name: 'Activity' },
  { to: '/settings/data', name: 'Your data' },
]

const item =
  'inline-flex min-h-11 items-center whitespace-nowrap rounded-full border border-hair bg-surface px-3.5 text-[0.9375rem] text-ink hover:bg-tint aria-[current=page]:border-line aria-[current=page]:bg-tint lg:w-full lg:px-4 lg:rounded-xl lg:border-transparent lg:bg-transparent lg:aria-[current=page]:border-transparent lg:aria-[current=page]:bg-tint lg:aria-[current=page]:font-semibold'

/** What was asked for may have waited too long, or have been done in another tab: then there is no form to tell it. */
export function loader(args: LoaderFunctionArgs) {
  const { done, headers } = doneNews.take(args, 'nothing-waits')
  return data({ isNothingWaiting: done !== null }, { headers })
}

/** What stands around every page of the settings: the way to the others, on one line that slides where there is little room. */
export default function SettingsFrame() {
  const { isNothingWaiting } = useLoaderData<typeof loader>()
  const { pathname } = useLocation()
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => {
    const current = list.current?.querySelector('[aria-current=page]')
    current?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [pathname])
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-x-12 gap-y-4 sm:gap-y-8 lg:grid-cols-[11rem_minmax(0,1fr)]">
      <nav aria-label="Settings" className="-mx-4 -my-1.5 sm:m-0">
        <ul ref={list} className="settings-pages flex gap-2 lg:grid lg:gap-1">
          {pages.map(({ to, name }) => (
            <li key={to}>
              <NavLink to={to} className={item}>
                {name}
              </NavLink>
            </li>
          ))}
        </ul>
      </nav>
      <div className="w-full max-w-2xl">
        {isNothingWaiting && (
          <div className="mb-6">
            <Notice isNews>
              <p>
                What you asked for earlier is no longer waiting. If it still needs doing, please start again.
              </p>
            </Notice>
          </div>
        )}
        <Outlet />
      </div>
    </div>
  )
}
