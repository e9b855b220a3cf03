import { Notice } from '../../ui/Notice.tsx'

const texts: Record<string, string> = {
  start: 'No session was started. You can start one now.',
  replace: 'Your session is still running, and no new one was started.',
  end: 'Your session is still running. You can end it now.',
  beat: 'Press “I’m still here” once more to keep your session.',
}

/** Says what was not done because the login was over when it was asked for. */
export function UndoneNotice({ intent }: { intent: string }) {
  return (
    <Notice isNews>
      <p>You were signed out before this was done. {texts[intent]}</p>
    </Notice>
  )
}
