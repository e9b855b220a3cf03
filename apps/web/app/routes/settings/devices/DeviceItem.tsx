import { Form } from '@remix-run/react'
import { Moment } from '../../../ui/Moment.tsx'
import { SubmitButton } from '../../../ui/SubmitButton.tsx'
import type { Device } from './loadDevices.server.ts'

/** A device that is signed in, and the way to sign it out. */
export function DeviceItem({ device, userId }: { device: Device; userId: string }) {
  const { loginId, name, isThisOne, lastUsed, since, address } = device
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 border-b border-hair px-5 py-4 last:border-b-0">
      <div className="min-w-0 grow basis-56">
        <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <strong className="font-semibold" id={loginId}>
            {name}
          </strong>
          {isThisOne && (
            <span className="rounded-full bg-tint px-2.5 py-0.5 text-[0.8125rem] font-semibold">
              This device
            </span>
          )}
        </p>
        <p className="mt-1 text-[0.9375rem] text-muted" id={`${loginId}-more`}>
          Last used <Moment moment={lastUsed} />
        </p>
        <p className="text-[0.9375rem] break-words text-muted">
          Signed in <Moment moment={since} />
          {address && <> from {address}</>}
        </p>
      </div>
      {!isThisOne && (
        <Form method="post">
          <input type="hidden" name="userId" value={userId} />
          <input type="hidden" name="intent" value="one" />
          <SubmitButton
            look="quiet"
            name="loginId"
            value={loginId}
            busyText="Signing out…"
            aria-describedby={`${loginId} ${loginId}-more`}
          >
            Sign out
          </SubmitButton>
        </Form>
      )}
    </li>
  )
}
