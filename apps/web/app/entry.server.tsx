import type { AppLoadContext, EntryContext, HandleErrorFunction } from '@remix-run/node'
import { isRouteErrorResponse, RemixServer } from '@remix-run/react'
import { renderToString } from 'react-dom/server'
import { NonceProvider } from './ui/Nonce.tsx'

const BODY_END = '</body>'
/** What would end a script, or a line of it, as JavaScript writes them in a text. */
const ESCAPES: Record<string, string> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
}

/**
 * Renders a page whole, in one go. Nothing on our pages comes late, so that a stream would bring nobody anything sooner, and
 * takes a fifth more time; and a page that breaks while it is rendered is answered with the page that says so, and not cut
 * off. The page's data is put behind it as Remix's own component would, which renders bit by bit what is there already.
 */
export default async function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  { serverHandoffStream, ...remixContext }: EntryContext,
  { nonce, page }: AppLoadContext,
): Promise<Response> {
  passOnRetryAfter(remixContext, headers)
  headers.set('content-type', 'text/html; charset=utf-8')
  const data = serverHandoffStream ? await readText(serverHandoffStream) : ''
  const html = renderToString(
    <NonceProvider value={nonce}>
      <RemixServer context={remixContext} url={request.url} nonce={nonce} />
    </NonceProvider>,
  )
  const end = html.lastIndexOf(BODY_END)
  page.html = `<!DOCTYPE html>${html.slice(0, end)}${dataScript(data, nonce)}${html.slice(end)}`
  return new Response(null, { status, headers })
}

async function readText(stream: ReadableStream<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder()
  const reader = stream.getReader()
  let text = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text
    text += decoder.decode(value, { stream: true })
  }
}

/** Hands the page's data to the stream that Remix's first script makes. */
function dataScript(data: string, nonce: string): string {
  const text = JSON.stringify(data).replace(/[<>&\u2028\u2029]/g, (sign) => ESCAPES[sign] ?? sign)
  const controller = 'window.__remixContext.streamController'
  return `<script nonce="${nonce}">${controller}.enqueue(${text});${controller}.close()</script>`
}

/** Loaders and actions say how long to wait; Remix leaves their headers behind unless each route hands them on. */
function passOnRetryAfter({ staticHandlerContext }: EntryContext, headers: Headers): void {
  const { actionHeaders, loaderHeaders } = staticHandlerContext
  for (const given of [...Object.values(loaderHeaders), ...Object.values(actionHeaders)]) {
    const value = given.get('retry-after')
    if (value) headers.set('retry-after', value)
  }
}

export const handleError: HandleErrorFunction = (error, { request, context }) => {
  // A form posted to a page that has none, and the like: the answer says so, and nobody here is to look after it.
  if (isRouteErrorResponse(error) && error.status < 500) return
  if (!request.signal.aborted) context.logError(error, 'a page failed')
}
