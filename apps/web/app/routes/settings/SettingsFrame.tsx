import { NavLink, Outlet } from '@remix-run/react'

const pages = [
  { to: '/settings/profile', name: 'Profile' },
  { to: '/settings/password', name: 'Password' },
  { to: '/settings/email', name: 'E-mail' },
  { to: '/settings/devices', name: 'Devices' },
  { to: '/settings/activity', name: 'Activity' },
  { to: '/settings/data', name: 'Your data' },
]

const item =
  'inline-flex min-h-11 items-center rounded-full border border-hair bg-surface px-3.5 text-[0.9375rem] text-ink hover:bg-tint aria-[current=page]:border-line aria-[current=page]:bg-tint lg:w-full lg:px-4 lg:rounded-xl lg:border-transparent lg:bg-transparent lg:aria-[current=page]:border-transparent lg:aria-[current=page]:bg-tint lg:aria-[current=page]:font-semibold'

/** What stands around every page of the settings: the way to the others. */
export default function SettingsFrame() {
  return (
    <div className="grid gap-x-12 gap-y-8 lg:grid-cols-[11rem_minmax(0,1fr)]">
      <nav aria-label="Settings">
        <ul className="flex flex-wrap gap-2 lg:grid lg:gap-1">
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
        <Outlet />
      </div>
    </div>
  )
}
