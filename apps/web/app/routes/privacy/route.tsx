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
            form of your password from which nobody can read it back.
          </li>
          <li>
            <strong>Your sessions:</strong> when each began and ended, and the time zone you were in, so that
            its day is right.
          </li>
          <li>
            <strong>Where you are signed in:</strong> for each device, when it was last used, its kind of
            browser and its network address. This is how a stranger’s sign-in can be noticed and ended.
          </li>
          <li>
            <strong>What happened to your account’s safety:</strong> that you signed up, in or out, that
            somebody tried a wrong password, that a password or address was changed, that your data was
            downloaded, each with its time, kind of browser and network address; and that whoever runs this
            site closed or reopened your account, or signed you out. You find it under Settings, Activity.
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
            A sign-up link that is not used: it works for one hour, and its address is deleted{' '}
            {RETENTION_DAYS.oneTimeTokens} day after. No account comes of it. A mail that could not be sent is
            deleted {RETENTION_DAYS.failedJobs} days after we gave up.
          </li>
          <li>What happened to your account’s safety: {RETENTION_DAYS.securityEvents} days.</li>
        </ul>
        <h2>What we don’t do</h2>
        <ul>
          <li>
            No page here loads anything from anybody else: no trackers, no advertising, no outside fonts.
          </li>
          <li>We don’t sell or share what you do here.</li>
          <li>Your passwords and your sign-in are never written to a log.</li>
        </ul>
        <h2>Cookies</h2>
        <p>
          One keeps you signed in. One knows this device again for a year, so that a sign-in from it is not
          taken for a stranger’s. A few short-lived ones hold what you just did, such as the address a link
          was sent to, or what you asked for while we ask for your password again. Our own scripts cannot read
          any of them.
        </p>
        <h2>Your say</h2>
        <p>
          Your sessions are under History; everything else is under Settings. There you see and end where you
          are signed in, download a copy of everything, and delete your account, which takes all of it with it
          at once.
        </p>
      </div>
    </Column>
  )
}
