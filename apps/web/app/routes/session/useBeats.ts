import { BEAT_INTERVAL_SECONDS, SESSION_TTL_SECONDS } from '@wellness/domain/sessionTiming'
import { SECOND } from '@wellness/domain/time'
import { useEffect, useRef, useState } from 'react'
import { sessionNews } from '../../features/sessions/sessionNews.ts'
import { sendBeat, sendLastBeat } from './sendBeat.ts'
import type { BeatResult } from './sendBeat.ts'

/** Beats of many pages that were opened at once drift apart by as much. */
const JITTER_MS = 5 * SECOND
const FIRST_RETRY_MS = 3 * SECOND

/** How the page stands with the server; `idle` after an hour without a sign of a person. */
export type Contact = 'ok' | 'away' | 'signedOut' | 'idle'

/**
 * Keeps the session alive while its page is open: about every minute, and at once on arriving, on becoming visible and
 * on coming online, and on news from another tab; on being hidden by a beacon. While the server is away it asks again soon, then more seldom.
 */
export function useBeats(
  sessionId: string,
  on: { live: (serverNow: number) => void; over: () => void },
): { contact: Contact; beatNow: () => void } {
  const [contact, setContact] = useState<Contact>('ok')
  const handlers = useRef(on)
  const beatRef = useRef<() => void>(() => undefined)
  useEffect(() => {
    handlers.current = on
  })

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let failures = 0
    let isStopped = false
    let isUnderWay = false
    let lastSignAt = Date.now()

    const schedule = (result: BeatResult) => {
      const usualMs = BEAT_INTERVAL_SECONDS * SECOND + (Math.random() * 2 - 1) * JITTER_MS
      failures = result.state === 'away' ? failures + 1 : 0
      const delayMs = failures > 0 ? Math.min(FIRST_RETRY_MS * 2 ** (failures - 1), usualMs) : usualMs
      timer = setTimeout(() => void beat(), delayMs)
    }

    const beat = async () => {
      clearTimeout(timer)
      if (isUnderWay) return
      // An open page without anybody before it would else count up to the cap.
      if (Date.now() - lastSignAt > SESSION_TTL_SECONDS * SECOND) return setContact('idle')

      isUnderWay = true
      const result = await sendBeat(sessionId)
      isUnderWay = false
      if (isStopped) return
      if (result.state === 'over' || result.state === 'unknown') return handlers.current.over()
      if (result.state === 'live') handlers.current.live(result.serverNow)
      setContact(result.state === 'live' ? 'ok' : result.state)
      schedule(result)
    }

    const noteSign = () => {
      const wasIdle = Date.now() - lastSignAt > SESSION_TTL_SECONDS * SECOND
      lastSignAt = Date.now()
      if (wasIdle) void beat()
    }
    const onVisibility = () => {
      if (document.visibilityState === 'hidden') return sendLastBeat(sessionId)
      lastSignAt = Date.now()
      void beat()
    }
    const onOnline = () => void beat()
    const onOffline = () => setContact('away')

    beatRef.current = () => {
      lastSignAt = Date.now()
      void beat()
    }
    void beat()
    // Another tab may have ended this session, or begun the next one.
    const stopListening = sessionNews.listen(() => void beat())
    sessionNews.tell()
    document.addEventListener('visibilitychange', onVisibility)
    addEventListener('online', onOnline)
    addEventListener('offline', onOffline)
    addEventListener('pointerdown', noteSign)
    addEventListener('keydown', noteSign)
    return () => {
      isStopped = true
      clearTimeout(timer)
      stopListening()
      document.removeEventListener('visibilitychange', onVisibility)
      removeEventListener('online', onOnline)
      removeEventListener('offline', onOffline)
      removeEventListener('pointerdown', noteSign)
      removeEventListener('keydown', noteSign)
    }
  }, [sessionId])

  return { contact, beatNow: () => beatRef.current() }
}
