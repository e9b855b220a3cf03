import { expect } from 'vitest'
import { AttackedResolver } from './attackedResolver.ts'
import type { TestApi } from './createTestApi.ts'
import type { GraphQLAnswer } from './postDocument.ts'

/** Of CPU: far more than refusing takes, far less than answering would. The clock would measure the machine's load. */
const QUICK_MS = 300

/** An answer, and the processor time that it took. */
export type AttackAnswer = GraphQLAnswer<unknown> & { text: string; ms: number }

/** Documents that are to be refused before anything of them runs, in few words and at little cost. */
export class DocumentAttacks {
  readonly #api: TestApi

  constructor(api: TestApi) {
    this.#api = api
  }

  async send(query: string, variables: object, token: string | null): Promise<AttackAnswer> {
    const start = process.threadCpuUsage()
    const answer = await this.#api.request<unknown>(query, { ...variables }, { token })
    const { user, system } = process.threadCpuUsage(start)
    return { ...answer, text: JSON.stringify(answer.errors), ms: (user + system) / 1_000 }
  }

  static expectRefusal(answer: AttackAnswer, code = 'GRAPHQL_VALIDATION_FAILED'): void {
    expect(answer.status).toBe(400)
    expect(answer.errors?.[0]?.extensions.code).toBe(code)
    expect(answer.errors?.[0]?.extensions['requestId']).toBe(answer.headers.get('x-request-id'))
    expect(answer.errors!.length).toBeLessThanOrEqual(5)
    expect(answer.text.length).toBeLessThan(2_000)
    expect(answer.data).toBeUndefined()
    expect(answer.ms).toBeLessThan(QUICK_MS)
    expect(AttackedResolver.executed).toBe(0)
  }
}
