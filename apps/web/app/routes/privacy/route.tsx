import type { MetaFunction } from '@remix-run/node'
import { RETENTION_DAYS } from '@wellness/domain/retention'
import { Column } from '../../ui/Column.tsx'
import { PageIntro } from '../../ui/PageIntro.tsx'
import { pageTitle } from '../../ui/pageTitle.ts'

export const meta: MetaFunction = () => [{ title: pageTitle('Privacy') }]

export default function Privacy() {
  return (
    <Column width="text">
      <PageIntro title="Privacy">
        <p>In plain words: what we keep, why, and for how long.</p>
      </PageIntro>
      <div className="prose mt-6">
        <h2>What we keep</h2>
        <ul>
          <li>
            <strong>Your account:</strong> your e-mail address, the name you gave, if any, and a scrambled
            form of your password that nobody can turn back into it.
          </li>
          <li>
            <strong>Your sessions:</strong> when each began and ended, and the time zone you were in, so that
            we show the right day.
          </li>
          <li>
            <strong>Where you are signed in:</strong> for each device, when it was last used, its kind of
            browser and its network address. It lets you spot a stranger’s sign-in and end it.
          </li>
          <li>
            <strong>API keys you created:</strong> what you called each, the first characters of it, what it
            may do, and when it was last used; of the rest only a fingerprint that nobody can use.
          </li>
          <li>
            <strong>Your account’s security history:</strong> when you signed up, in or out, when someone
            entered a wrong password, when your password or address was changed, your data downloaded, or an
            API key created or revoked, each with its time, kind of browser and network address; and when we
            closed or reopened your account, or signed you out. You’ll find it under Settings, Activity.
          </li>
          <li>
            <strong>Addresses that asked to sign up:</strong> so that the link can be sent and checked.
          </li>
        </ul>
        <h2>How long</h2>
        <ul>
          <li>Your account and your sessions: as long as you have the account.</li>
          <li>Being signed in: at most 30 days, or 14 days without a visit.</li>
          <li>
            A sign-up link that isn’t used: it works for one hour, and the address is deleted{' '}
            {RETENTION_DAYS.oneTimeTokens} day later. No account is created. An e-mail that couldn’t be sent
            is deleted {RETENTION_DAYS.failedJobs} days after we gave up.
          </li>
          <li>
            API keys you created: until you revoke them, or {RETENTION_DAYS.expiredApiKeys} days after they
            expire.
          </li>
          <li>Your account’s security history: {RETENTION_DAYS.securityEvents} days.</li>
        </ul>
        <h2>What we don’t do</h2>
        <ul>
          <li>
            No page here loads anything from anyone else: no trackers, no advertising, no outside fonts.
          </li>
          <li>We don’t sell or share what you do here.</li>
          <li>Your passwords and your sign-in are never written to a log.</li>
        </ul>
        <h2>Cookies</h2>
        <p>
          One keeps you signed in. One recognises this device for a year, so that your own sign-in isn’t taken
          for a stranger’s. A few short-lived ones remember what you’ve just done, such as the address a link
          was sent to, what you asked for while you enter your password again, or, for the moment until it’s
          shown to you, an API key you’ve just created, encrypted. No script can read any of them.
        </p>
        <h2>Your choices</h2>
        <p>
          Your sessions are under History; everything else is under Settings. There you can see where you’re
          signed in and sign out devices, download a copy of everything, and delete your account, which
          deletes all of it straight away.
        </p>
      </div>
    </Column>
  )
}
