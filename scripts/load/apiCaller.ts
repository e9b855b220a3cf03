import { Agent } from 'node:http'
import { sendRequest, type NoAnswer } from './sendRequest.ts'

/** `serverError`: the API says that it failed. `refused`: it says that the request was wrong. */
export type Failure = NoAnswer | 'serverError' | 'refused'

export type Reply<Data> = { data: Data; requestId: string } | { failure: Failure; detail: string }

export interface CallOptions {
  token?: string
  /** The client's network address, as far as the throttles see. */
  address?: string
}

/** More than the API gives an operation, so that it is the API that gives up. */
const TIMEOUT_MS = 15_000
const OUR_FAULT = new Set(['INTERNAL_SERVER_ERROR', 'TIMEOUT', 'SERVICE_UNAVAILABLE'])

/** GraphQL over kept-alive connections to several API processes, each call to the next one in turn. */
export class ApiCaller {
  readonly #urls: string[]
  readonly #secret: string
  readonly #agent = new Agent({ keepAlive: true })
  #next = 0

  constructor(urls: string[], webApiSecret: string) {
    this.#urls = urls
    this.#secret = webApiSecret
  }

  /** One try. */
  async call<Data>(query: string, variables: object, options: CallOptions = {}): Promise<Reply<Data>> {
    const url = this.#urls[this.#next++ % this.#urls.length] ?? ''
    const answer = await sendRequest({
      url: `${url}/graphql`,
      method: 'POST',
      agent: this.#agent,
      timeoutMs: TIMEOUT_MS,
      headers: {
        'content-type': 'application/json',
        'x-web-api-secret': this.#secret,
        ...(options.address === undefined ? {} : { 'x-client-address': options.address }),
        ...(options.token === undefined ? {} : { authorization: `Bearer ${options.token}` }),
      },
      body: JSON.stringify({ query, variables }),
    })
    if ('failure' in answer) return answer
    const { status, headers, text } = answer
    const { data, errors = [] } = parse<Data>(text)
    if (data != null && errors.length === 0) return { data, requestId: String(headers['x-request-id']) }
    const isOurs = status >= 500 || errors.some(({ extensions }) => OUR_FAULT.has(extensions?.code ?? ''))
    return { failure: isOurs ? 'serverError' : 'refused', detail: `${status} ${text.slice(0, 300)}` }
  }

  close(): void {
    this.#agent.destroy()
  }
}

interface GraphqlAnswer<Data> {
  data?: Data | null
  errors?: { extensions?: { code?: string } }[]
}

function parse<Data>(text: string): GraphqlAnswer<Data> {
  try {
    return JSON.parse(text) as GraphqlAnswer<Data>
  } catch {
    return { errors: [{}] }
  }
}
