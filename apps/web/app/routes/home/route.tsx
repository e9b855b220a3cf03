import { useRouteLoaderData } from '@remix-run/react'
import type { loader as rootLoader } from '../../root.tsx'
import { ButtonLink } from '../../ui/ButtonLink.tsx'
import { Rings } from '../../ui/Rings.tsx'

const steps = [
  {
    title: 'Start when it suits you',
    text: 'One button. Nothing to set up, and nothing to finish.',
  },
  {
    title: 'Breathe with the circle',
    text: 'It grows while you breathe in for four seconds, and settles while you breathe out for six.',
  },
  {
    title: 'Look back in your own time',
    text: 'Each session is kept with its date and length. No scores, no streaks.',
  },
]

export default function Home() {
  const isSignedIn = useRouteLoaderData<typeof rootLoader>('root')?.isSignedIn ?? false
  return (
    <>
      <div className="grid items-center gap-x-10 gap-y-6 md:grid-cols-[1.15fr_1fr]">
        <div>
          <h1 className="text-[1.75rem] min-[22rem]:text-[2rem] sm:text-5xl">
            Wellness &amp; Sensory Connection Assistant
          </h1>
          <p className="mt-5 max-w-xl text-lg text-muted">
            A quiet place to pause. Start a session, follow a slow breathing circle for as long as you like,
            and look back whenever you want to.
          </p>
          <p className="mt-7 flex flex-wrap gap-3">
            {isSignedIn ? (
              <ButtonLink to="/today">Go to today</ButtonLink>
            ) : (
              <>
                <ButtonLink to="/sign-up">Create an account</ButtonLink>
                <ButtonLink to="/sign-in" look="quiet">
                  Sign in
                </ButtonLink>
              </>
            )}
          </p>
        </div>
        <div className="mx-auto w-full max-w-72 md:max-w-none" aria-hidden="true">
          <Rings />
        </div>
      </div>

      <h2 className="sr-only">How it works</h2>
      <ol className="mt-12 grid gap-4 sm:grid-cols-3 md:mt-16">
        {steps.map(({ title, text }, index) => (
          <li key={title} className="rounded-3xl border border-hair bg-surface p-6">
            <span aria-hidden="true" className="text-sm font-semibold text-link">
              {index + 1}
            </span>
            <h3 className="mt-1 text-lg">{title}</h3>
            <p className="mt-2 text-[0.9375rem] text-muted">{text}</p>
          </li>
        ))}
      </ol>

      <p className="mt-10 max-w-2xl text-muted">
        This app is for everyday wellbeing. It isn’t medical care and makes no promises about your health. It
        works by keyboard, on small screens, with reduced motion, and without JavaScript.
      </p>
    </>
  )
}
