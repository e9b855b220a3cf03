import type { Fetch } from '@wellness/api-client/fetch'
import { Agent as HttpAgent, request as requestByHttp } from 'node:http'
import { Agent as HttpsAgent, request as requestByHttps } from 'node:https'

const httpAgent = new HttpAgent({ keepAlive: true })
const httpsAgent = new HttpsAgent({ keepAlive: true })

/**
 * As much of fetch as the client of the API needs, over kept connections. Each page asks the API at least once, and fetch
 * makes streams and objects for it that took an eighth of the page's time. It follows no redirect: a credential goes where
 * it was meant to go.
 */
export const sendToApi: Fetch = (url, { method, headers, body, signal }) =>
  new Promise((resolve, reject) => {
    const isHttps = url.startsWith('https:')
    const request = (isHttps ? requestByHttps : requestByHttp)(
      url,
      {
        method,
        signal,
        headers: { ...headers, 'content-length': Buffer.byteLength(body) },
        agent: isHttps ? httpsAgent : httpAgent,
      },
      (response) => {
        let text = ''
        response
          .setEncoding('utf8')
          .on('data', (chunk: string) => (text += chunk))
          .on('error', reject)
          .on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              headers: { get: (name) => response.headers[name]?.toString() ?? null },
              text: () => Promise.resolve(text),
            }),
          )
      },
    )
    request.on('error', reject).end(body)
  })
