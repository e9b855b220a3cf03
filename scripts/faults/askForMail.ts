import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { ApiCaller } from '../load/apiCaller.ts'
import { operations, type SignUpAnswer } from '../load/operations.ts'
import type { MailWish } from './told.ts'

const RETRY_PAUSE_MS = 300
let asked = 0

/** Somebody new asks for a sign-up mail until that is answered. Each comes from an address of its own. */
export async function askForMail(caller: ApiCaller, wishes: MailWish[], signal: AbortSignal): Promise<void> {
  asked += 1
  const address = `10.2.${Math.floor(asked / 250)}.${(asked % 250) + 1}`
  const wish: MailWish = { email: `new-${randomUUID()}@example.com`, attempts: [] }
  wishes.push(wish)
  for (;;) {
    signal.throwIfAborted()
    const sentAt = Date.now()
    const reply = await caller.call<SignUpAnswer>(
      operations.signUp,
      { input: { email: wish.email } },
      { address },
    )
    const settledAt = Date.now()
    const refusal = 'data' in reply ? reply.data.requestSignUp.userErrors[0]?.code : undefined
    if ('data' in reply && refusal === undefined) {
      wish.attempts.push({ sentAt, settledAt, requestId: reply.requestId, failure: null, detail: '' })
      return
    }
    const [failure, detail] =
      'data' in reply ? (['refused', refusal ?? ''] as const) : [reply.failure, reply.detail]
    wish.attempts.push({ sentAt, settledAt, requestId: null, failure, detail })
    if (failure === 'refused') return
    await delay(RETRY_PAUSE_MS)
  }
}
