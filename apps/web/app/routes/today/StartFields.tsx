import { useHydrated } from '../../ui/useHydrated.ts'

export interface StartValues {
  /** Made with the page, so that a double click or a form sent twice finds the same session. */
  clientSessionId: string
  /** Where the last session was held; the browser's own, once a script can ask it. */
  timeZone: string
}

/** What goes with a start, unseen. */
export function StartFields({ start }: { start: StartValues }) {
  const isHydrated = useHydrated()
  const timeZone = isHydrated ? Intl.DateTimeFormat().resolvedOptions().timeZone : start.timeZone
  return (
    <>
      <input type="hidden" name="clientSessionId" value={start.clientSessionId} />
      <input type="hidden" name="timeZone" value={timeZone || start.timeZone} />
    </>
  )
}
