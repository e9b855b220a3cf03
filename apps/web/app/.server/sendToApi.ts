import type { Fetch } from '@wellness/api-client/fetch'
import { Agent, request } from 'undici'

const agent = new Agent()

/**
 * As much of fetch as the client of the API needs, over kept connections. Each page asks the API at least once, and fetch
 * makes streams and objects for it that took an eighth of the page's time. It follows no redirect: a credential goes where
 * it was meant to go.
 */
export const sendToApi: Fetch = async (url, { method, headers, body, signal }) => {
  const answer = await request(url, { method, headers, body, signal, dispatcher: agent })
  // Whether or not anybody reads it: what is left unread keeps its connection.
  const text = await answer.body.text()
  return {
    status: answer.statusCode,
    headers: { get: (name) => answer.headers[name]?.toString() ?? null },
    text: () => Promise.resolve(text),
  }
}
