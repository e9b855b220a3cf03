import { Form } from '@remix-run/react'
import { Notice } from '../../../ui/Notice.tsx'
import { SubmitButton } from '../../../ui/SubmitButton.tsx'
import type { Device } from './loadDevices.server.ts'

/** What was asked for and is not done yet, with the button that does it. */
export function WaitingNotice({
  intent,
  loginId,
  keysToo,
  devices,
  userId,
}: {
  intent: string
  loginId: string
  keysToo: boolean
  devices: Device[]
  userId: string
}) {
  const texts: Record<string, string | undefined> = {
    one: devices.find((device) => device.loginId === loginId)?.name,
    others: 'all other devices',
    all: 'every device, including this one',
  }
  const whom = texts[intent]
  if (whom === undefined) return null
  const isWithKeys = keysToo && intent !== 'one'
  return (
    <Notice isNews>
      <Form method="post" className="grid justify-items-start gap-3">
        <p>
          You were interrupted before this was done: sign out {whom}
          {isWithKeys && ', and revoke all API keys'}.
        </p>
        <input type="hidden" name="userId" value={userId} />
        <input type="hidden" name="loginId" value={loginId} />
        {isWithKeys && <input type="hidden" name="keysToo" value="yes" />}
        <SubmitButton look="quiet" name="intent" value={intent} busyText="Signing out…">
          Do it now
        </SubmitButton>
      </Form>
    </Notice>
  )
}
