import type { TestApi } from '../createTestApi.ts'
import { PostgresLine } from '../postgresLine.ts'
import { startSibling } from '../startSibling.ts'

/** Hashing is not what is tried here. */
const BCRYPT_COST = 4

/** A process of the API that can be held, cut off, and started anew over the same stores. */
export class ApiUnderTest {
  readonly line: PostgresLine
  readonly #root: TestApi
  api: TestApi

  private constructor(root: TestApi, line: PostgresLine, api: TestApi) {
    this.#root = root
    this.line = line
    this.api = api
  }

  static async start(root: TestApi): Promise<ApiUnderTest> {
    const line = await PostgresLine.open(root.env.DATABASE_URL)
    return new ApiUnderTest(root, line, await startOver(root, line))
  }

  async restart(): Promise<void> {
    await this.api.close()
    this.api = await startOver(this.#root, this.line)
  }

  async close(): Promise<void> {
    await this.api.close()
    await this.line.close()
  }
}

function startOver(root: TestApi, line: PostgresLine): Promise<TestApi> {
  return startSibling(root, { DATABASE_URL: line.url, BCRYPT_COST })
}
