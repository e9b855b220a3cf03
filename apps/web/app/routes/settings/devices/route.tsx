import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { FormErrors } from '../../../ui/FormErrors.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageIntro } from '../../../ui/PageIntro.tsx'
import { Section } from '../../../ui/Section.tsx'
import { SubmitButton } from '../../../ui/SubmitButton.tsx'
import { choiceStyle } from '../../../ui/choiceStyle.ts'
import { pageTitle } from '../../../ui/pageTitle.ts'
import { DeviceItem } from './DeviceItem.tsx'
import { KeysSection } from './KeysSection.tsx'
import { WaitingNotice } from './WaitingNotice.tsx'
import { endLogins } from './endLogins.server.ts'
import { loadDevices } from './loadDevices.server.ts'

export const meta: MetaFunction = () => [{ title: pageTitle('Devices') }]

export function loader(args: LoaderFunctionArgs) {
  return loadDevices(args)
}

export function action(args: ActionFunctionArgs) {
  return endLogins.post(args)
}

const news = {
  'device-ended': 'That device is signed out.',
  'others-ended': 'All other devices are signed out.',
  'others-and-keys-ended': 'All other devices are signed out, and your API keys are revoked.',
}

export default function Devices() {
  const { userId, devices, keys, waiting, done } = useLoaderData<typeof loader>()
  const state = useActionData<typeof action>()
  const hasOthers = devices.some(({ isThisOne }) => !isThisOne)
  return (
    <>
      <PageIntro title="Devices">
        <p>
          Everything that can act as you: where you’re signed in, and your API keys. Signing out a device
          doesn’t end a session that’s running.
        </p>
      </PageIntro>
      <div className="mt-6 grid gap-6">
        <FormErrors state={state} />
        {done && !state && (
          <Notice isNews>
            <p>{news[done]}</p>
          </Notice>
        )}
        {waiting && !state && <WaitingNotice {...waiting} devices={devices} userId={userId} />}
        <ul className="overflow-hidden rounded-3xl border border-hair bg-surface">
          {devices.map((device) => (
            <DeviceItem key={device.loginId} device={device} userId={userId} />
          ))}
        </ul>
        {!hasOthers && <p className="text-muted">You’re not signed in anywhere else.</p>}
        <KeysSection keys={keys} />
        <Section title="Don’t recognise something?">
          {hasOthers ? (
            <p>
              Sign out anything that isn’t yours, then{' '}
              <Link to="/settings/password" className="link">
                change your password
              </Link>
              . If in doubt, sign out everywhere.
            </p>
          ) : (
            <p>If in doubt, sign out everywhere, then sign in again.</p>
          )}
          <Form method="post" className="flex flex-wrap gap-3">
            <input type="hidden" name="userId" value={userId} />
            {keys.length > 0 && (
              <p className="flex basis-full items-start gap-3">
                <input
                  type="checkbox"
                  id="keysToo"
                  name="keysToo"
                  value="yes"
                  defaultChecked={state?.values['keysToo'] === 'yes'}
                  className={choiceStyle}
                />
                <label htmlFor="keysToo">
                  Also revoke all API keys. Scripts that use them stop working at once.
                </label>
              </p>
            )}
            {hasOthers && (
              <SubmitButton look="quiet" name="intent" value="others" busyText="Signing out…">
                Sign out all other devices
              </SubmitButton>
            )}
            <SubmitButton look="quiet" name="intent" value="all" busyText="Signing out…">
              Sign out everywhere, including here
            </SubmitButton>
          </Form>
        </Section>
      </div>
    </>
  )
}
