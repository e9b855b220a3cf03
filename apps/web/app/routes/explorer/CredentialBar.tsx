import { type FormEvent, useState } from 'react'
import { buttonStyle } from '../../ui/buttonStyle.ts'

/** Whom the explorer acts for, and where a key is pasted. The key is in the memory of this tab and nowhere else. */
export function CredentialBar({
  email,
  hasKey,
  onKey,
}: {
  email: string | null
  hasKey: boolean
  onKey: (key: string | null) => void
}) {
  const [text, setText] = useState('')
  const take = (event: FormEvent) => {
    event.preventDefault()
    if (text.trim() !== '') onKey(text.trim())
    setText('')
  }
  return (
    <div className="explorer-credential">
      <p role="status">
        {hasKey ? (
          'You act by the API key that you pasted.'
        ) : email === null ? (
          <>
            Nobody is signed in: only what is public answers.{' '}
            <a className="link" href="/sign-in?redirectTo=%2Fexplorer">
              Sign in
            </a>{' '}
            or paste an API key.
          </>
        ) : (
          <>
            You act as <strong>{email}</strong>.
          </>
        )}
      </p>
      {hasKey ? (
        <button type="button" className={buttonStyle('quiet')} onClick={() => onKey(null)}>
          Forget the key
        </button>
      ) : (
        <form onSubmit={take} className="flex flex-wrap items-center gap-2">
          <label className="sr-only" htmlFor="api-key">
            API key
          </label>
          <input
            id="api-key"
            type="password"
            autoComplete="off"
            spellCheck={false}
            placeholder="API key"
            value={text}
            onChange={({ currentTarget }) => setText(currentTarget.value)}
            className="min-h-11 w-48 rounded-lg border border-line bg-surface px-3 text-ink"
          />
          <button className={buttonStyle('quiet')}>Use the key</button>
        </form>
      )}
    </div>
  )
}
