import { Form } from '@remix-run/react'
import { RETENTION_DAYS } from '@wellness/domain/retention'
import type { ApiKeyText } from '../../../features/api-keys/describeApiKey.server.ts'
import { Moment } from '../../../ui/Moment.tsx'
import { SubmitButton } from '../../../ui/SubmitButton.tsx'
import { buttonStyle } from '../../../ui/buttonStyle.ts'

/** An API key, and the way to revoke it, which asks once more. */
export function KeyItem({
  apiKey,
  userId,
  isAsked,
}: {
  apiKey: ApiKeyText
  userId: string
  /** Its person was about to revoke it. */
  isAsked: boolean
}) {
  const { keyId, name, hint, allows, created, expires, isExpired, lastUsed } = apiKey
  return (
    <li className="grid gap-3 border-b border-hair px-5 py-5 last:border-b-0">
      <div>
        <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <strong className="font-semibold wrap-anywhere" id={keyId}>
            {name}
          </strong>
          {isExpired && (
            <span className="rounded-full border border-error px-2.5 text-[0.8125rem] font-semibold text-error">
              Expired
            </span>
          )}
        </p>
        <p className="text-[0.9375rem] text-muted" id={`${keyId}-hint`}>
          Begins with <code className="wrap-anywhere">{hint}</code>
        </p>
      </div>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-0.5 text-[0.9375rem]">
        <dt className="text-muted">May</dt>
        <dd>
          <ul>
            {allows.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </dd>
        <dt className="text-muted">Created</dt>
        <dd>
          <Moment moment={created} />
        </dd>
        <dt className="text-muted">{isExpired ? 'Expired' : 'Expires'}</dt>
        <dd>{expires ? <Moment moment={expires} /> : 'Never'}</dd>
        <dt className="text-muted">Last used</dt>
        <dd>{lastUsed ? <Moment moment={lastUsed} /> : 'Never'}</dd>
      </dl>
      {isExpired && (
        <p className="text-[0.9375rem] text-muted">
          It no longer works. It leaves this list {RETENTION_DAYS.expiredApiKeys} days after it expired.
        </p>
      )}
      <details open={isAsked}>
        <summary
          className={`${buttonStyle('quiet')} list-none [&::-webkit-details-marker]:hidden`}
          aria-describedby={`${keyId} ${keyId}-hint`}
        >
          Revoke…
        </summary>
        <Form method="post" className="mt-3 grid justify-items-start gap-3 rounded-2xl bg-tint px-5 py-4">
          <p>
            {isExpired
              ? 'It goes from the list at once.'
              : 'Scripts that use it stop working at once, and it can’t be brought back.'}
          </p>
          <input type="hidden" name="userId" value={userId} />
          <SubmitButton
            look="danger"
            name="keyId"
            value={keyId}
            busyText="Revoking…"
            aria-describedby={`${keyId} ${keyId}-hint`}
          >
            Revoke this key
          </SubmitButton>
        </Form>
      </details>
    </li>
  )
}
