import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { Mailbox } from '@wellness/embedded/mailbox'
import { operations, type CompleteAnswer, type SignUpAnswer } from '../load/operations.ts'
import type { SoakParts } from './soakPerson.ts'

const PAUSE_MS = 4_000
/** An address may ask for thirty mails an hour. */
export const SIGN_UP_ADDRESSES = 100
const MAIL_TIMEOUT_MS = 10_000

/** New people, one after the other: each asks for a mail, opens its link, and signs out again. */
export async function soakSignUps(mailbox: Mailbox, { caller, tally, isOver }: SoakParts): Promise<void> {
  for (let turn = 0; !isOver(); turn += 1) {
    await delay(PAUSE_MS)
    const email = `new-${randomUUID()}@example.com`
    const address = `10.3.0.${(turn % SIGN_UP_ADDRESSES) + 1}`
    const asked = await caller.call<SignUpAnswer>(operations.signUp, { input: { email } }, { address })
    if ('failure' in asked || asked.data.requestSignUp.userErrors.length > 0) {
      tally.failures.push(`asking for a mail: ${JSON.stringify(asked)}`)
      continue
    }
    tally.signUps += 1
    const mail = await mailbox.waitForMessage(({ to }) => to.includes(email), MAIL_TIMEOUT_MS)
    mailbox.clear()
    const token = new URL(mail.links[0] ?? '').searchParams.get('token') ?? ''
    const input = { token, password: randomUUID() }
    const reply = await caller.call<CompleteAnswer>(operations.complete, { input }, { address })
    const login = 'data' in reply ? reply.data.completeSignUp.token : null
    if (login === null) {
      tally.failures.push(`signing up: ${JSON.stringify(reply)}`)
      continue
    }
    tally.completions += 1
    const out = await caller.call(operations.signOut, {}, { token: login, address })
    if ('failure' in out) tally.failures.push(`signing out: ${out.failure}`)
    else tally.signOuts += 1
  }
}
