import { CopyButton } from '../../ui/CopyButton.tsx'

/** What comes back: nobody needs to copy it. */
const ANSWER = /^(Answer|Output)/

/** An example: what it is, the way to copy it, and its lines, which scroll on their own where they are long. */
export function CodeBlock({ label, code }: { label: string; code: string }) {
  return (
    <figure className="example">
      <figcaption>
        <span>{label}</span>
        {!ANSWER.test(label) && (
          <CopyButton text={code} label={`Copy: ${label}`} look="plain">
            Copy
          </CopyButton>
        )}
      </figcaption>
      <pre tabIndex={0} role="group" aria-label={`Example: ${label}`} translate="no">
        <code>{code}</code>
      </pre>
    </figure>
  )
}
