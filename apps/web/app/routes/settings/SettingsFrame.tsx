import { data } from '@remix-run/node'
import type { LoaderFunctionArgs } from '@remix-run/node'
import { Outlet, useLoaderData } from '@remix-run/react'
import { doneNews } from '../../.server/doneNews.ts'
import { Notice } from '../../ui/Notice.tsx'
import { SidePages } from '../../ui/SidePages.tsx'

const pages = [
  { to: '/settings/profile', name: 'Profile' },
  { to: '/settings/password', name: 'Password' },
  { to: '/settings/email', name: 'E-mail' },
  { to: '/settings/devices', name: 'Devices' },
  { to: '/settings/keys', name: 'API keys' },
  { to: '/settings/activity', name: 'Activity' },
  { to: '/settings/data', name: 'Your data' },
]

/** What was asked for may have waited too long, or have been done in another tab: then there is no form to tell it. */
export function loader(args: LoaderFunctionArgs) {
  const { done, headers } = doneNews.take(args, 'nothing-waits')
  return data({ isNothingWaiting: done !== null }, { headers })
}

/** What stands around every page of the settings. */
export default function SettingsFrame() {
  const { isNothingWaiting } = useLoaderData<typeof loader>()
  return (
    <SidePages label="Settings" pages={pages}>
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
    </SidePages>
  )
}
