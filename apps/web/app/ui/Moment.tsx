import { useHydrated } from './useHydrated.ts'

/** A moment as the server writes it, which does not know its reader's clock. */
export interface MomentText {
  instant: string
  /** In UTC. */
  text: string
  /** The language of the text. */
  locale: string
}

/** A moment on its reader's own clock, once a script can ask for it. */
export function Moment({ moment: { instant, text, locale } }: { moment: MomentText }) {
  const isHydrated = useHydrated()
  return (
    <time dateTime={instant} lang={locale}>
      {isHydrated
        ? new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(
            new Date(instant),
          )
        : text}
    </time>
  )
}
