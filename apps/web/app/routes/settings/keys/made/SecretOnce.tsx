import { useEffect, useState } from 'react'
import { flushSync } from 'react-dom'
import { CopyButton } from '../../../../ui/CopyButton.tsx'
import { fieldStyle } from '../../../../ui/fieldStyle.ts'

/**
 * The secret, to be copied or selected. Some browsers keep a page that is left as it stands, and show it again on Back: it goes
 * when the page does.
 */
export function SecretOnce({ secret }: { secret: string }) {
  const [isLeft, setIsLeft] = useState(false)
  useEffect(() => {
    const leave = () => flushSync(() => setIsLeft(true))
    addEventListener('pagehide', leave)
    return () => removeEventListener('pagehide', leave)
  }, [])
  if (isLeft) return <p>This key was shown before, and is shown only once.</p>
  return (
    <>
      <div>
        <label htmlFor="secret" className="font-semibold">
          Your new API key
        </label>
        <textarea
          id="secret"
          readOnly
          rows={3}
          // Nothing of the browser's is to look at it, send it anywhere, or write it back after a reload.
          spellCheck={false}
          autoComplete="off"
          translate="no"
          value={secret}
          onFocus={({ currentTarget }) => currentTarget.select()}
          className={`${fieldStyle} mt-1.5 resize-none field-sizing-content font-mono break-all select-all`}
        />
      </div>
      <CopyButton text={secret}>Copy the key</CopyButton>
    </>
  )
}
