import type { ApiKeyText } from '../../../features/api-keys/describeApiKey.server.ts'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { Moment } from '../../../ui/Moment.tsx'
import { Section } from '../../../ui/Section.tsx'

/** The keys that act for the person without being signed in anywhere. */
export function KeysSection({ keys }: { keys: ApiKeyText[] }) {
  return (
    <Section title="API keys">
      {keys.length === 0 ? (
        <p>You have none: nothing acts for you without being signed in.</p>
      ) : (
        <ul className="grid gap-3">
          {keys.map(({ keyId, name, hint, isExpired, lastUsed }) => (
            <li key={keyId}>
              <p className="font-semibold wrap-anywhere">{name}</p>
              <p className="text-[0.9375rem] text-muted">
                <code className="wrap-anywhere">{hint}</code> · {isExpired && 'expired · '}
                {lastUsed ? (
                  <>
                    last used <Moment moment={lastUsed} />
                  </>
                ) : (
                  'never used'
                )}
              </p>
            </li>
          ))}
        </ul>
      )}
      <p>
        <ButtonLink to="/settings/keys" look="quiet">
          {keys.length === 0 ? 'About API keys' : 'Manage API keys'}
        </ButtonLink>
      </p>
    </Section>
  )
}
