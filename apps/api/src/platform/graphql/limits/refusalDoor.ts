import type { FastifyReply, FastifyRequest, HookHandlerDoneFunction } from 'fastify'
import { budgetStateOf } from './budgetState.ts'
import type { Caller, CostLimiter } from './costLimiter.ts'
import { HELD_BY_ONE_MAX, HELD_MAX, PROMPT_REFUSALS_MAX, pointsOf } from './costLimits.ts'
import type { Refusal } from './refusals.ts'
import { tellState } from './tellState.ts'

interface Answer {
  headers: Readonly<Record<string, string | number>>
  beforeRequestId: string
  afterRequestId: string
}

/**
 * Stands before a route, and its body. Whoever was told to wait and does not costs next to nothing: the same answer is given
 * again without a look, so often; from then on each request is held until the wait is over and only then looked at. So each of
 * a client's connections asks once a second, however it is programmed, and has no use of the processor between.
 *
 * Only so many are held. Those beyond are told to wait, and hung up on.
 */
export class RefusalDoor {
  readonly #limiter: CostLimiter
  readonly #callerOf: (request: FastifyRequest) => Caller
  /** Of each request that is held: what lets it in. */
  readonly #held = new Set<() => void>()
  readonly #answers = new WeakMap<Refusal, Answer>()
  #isClosing = false

  constructor(limiter: CostLimiter, callerOf: (request: FastifyRequest) => Caller) {
    this.#limiter = limiter
    this.#callerOf = callerOf
  }

  get heldCount(): number {
    return this.#held.size
  }

  /** The hook `onRequest`. Our web app is never held: its requests are those of many people. */
  readonly onRequest = (
    request: FastifyRequest,
    reply: FastifyReply,
    done: HookHandlerDoneFunction,
  ): void => {
    if (!this.#limiter.isRefusing) return done()
    const caller = this.#callerOf(request)
    if (caller.isWeb) return done()
    const found = this.#limiter.findRefusalOf(caller)
    if (!found) return done()
    const { refusal, isOfAddress } = found
    // What costs more than the least may have been refused to a bucket that has enough for less.
    const isCertain = !isOfAddress && refusal.points <= pointsOf.request
    if (refusal.repeats < PROMPT_REFUSALS_MAX)
      return isCertain ? this.#refuse(refusal, request, reply) : done()
    if (this.#mayHold(refusal)) return this.#hold(refusal, reply, done)
    if (!isOfAddress) return this.#hangUp(refusal, request, reply)
    // It may have enough for looking a credential up.
    if (refusal.points > pointsOf.unknownCredential) return done()
    // Others at its address must not keep a good credential out, whatever they do.
    void this.#limiter.isKnownElsewhere(caller.authorization ?? '').then((isKnown) => {
      if (reply.raw.destroyed) return
      if (isKnown) done()
      else this.#hangUp(refusal, request, reply)
    })
  }

  /** The hook `onError`: what cannot be read is paid for like what is read and refused, by whoever waits next time. */
  readonly onError = (
    request: FastifyRequest,
    _reply: FastifyReply,
    _error: unknown,
    done: () => void,
  ): void => {
    const caller = this.#callerOf(request)
    if (!caller.isWeb) void this.#limiter.chargeUnread(caller)
    done()
  }

  /** Lets in all that are held, and holds nobody any longer. */
  close(): void {
    this.#isClosing = true
    for (const letIn of this.#held) letIn()
  }

  #mayHold(refusal: Refusal): boolean {
    return !this.#isClosing && refusal.held < HELD_BY_ONE_MAX && this.#held.size < HELD_MAX
  }

  #hold(refusal: Refusal, reply: FastifyReply, done: HookHandlerDoneFunction): void {
    const end = (): void => {
      clearTimeout(timer)
      reply.raw.off('close', end)
      this.#held.delete(end)
      refusal.held -= 1
      // Whoever has gone meanwhile is answered nothing.
      if (!reply.raw.destroyed) done()
    }
    refusal.held += 1
    this.#held.add(end)
    reply.raw.once('close', end)
    const timer = setTimeout(end, refusal.until - this.#limiter.now().getTime())
  }

  #hangUp(refusal: Refusal, request: FastifyRequest, reply: FastifyReply): void {
    void reply.header('connection', 'close')
    this.#refuse(refusal, request, reply)
  }

  #refuse(refusal: Refusal, request: FastifyRequest, reply: FastifyReply): void {
    this.#limiter.repeat(refusal)
    request.errorCode = 'RATE_LIMITED'
    request.isRepeatedRefusal = true
    const { headers, beforeRequestId, afterRequestId } = this.#answerOf(refusal)
    void reply.code(429).headers(headers).send(`${beforeRequestId}${request.id}${afterRequestId}`)
  }

  #answerOf(refusal: Refusal): Answer {
    let answer = this.#answers.get(refusal)
    if (!answer) {
      const { headers, extensions } = tellState(budgetStateOf(refusal.taking, 0, this.#limiter.now()), 0)
      const message = 'Too few points are left. Wait for as long as Retry-After says before asking again.'
      answer = {
        headers: { ...headers, 'retry-after': 1 },
        beforeRequestId: `{"errors":[{"message":"${message}","extensions":{"code":"RATE_LIMITED","requestId":"`,
        afterRequestId: `"}}]${extensions}}`,
      }
      this.#answers.set(refusal, answer)
    }
    return answer
  }
}
