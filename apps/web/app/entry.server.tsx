import { PassThrough } from 'node:stream'
import { createReadableStreamFromReadable } from '@remix-run/node'
import type { AppLoadContext, EntryContext, HandleErrorFunction } from '@remix-run/node'
import { isRouteErrorResponse, RemixServer } from '@remix-run/react'
import { isbot } from 'isbot'
import { renderToPipeableStream } from 'react-dom/server'
import { NonceProvider } from './ui/Nonce.tsx'

const RENDER_DEADLINE_MS = 10_000

/** Renders a page as a stream: to people as soon as its frame is ready, to crawlers once it is whole. */
export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
  { nonce, logError }: AppLoadContext,
): Promise<Response> {
  passOnRetryAfter(remixContext, headers)
  return new Promise((resolve, reject) => {
    let isSent = false
    const send = () => {
      isSent = true
      const body = new PassThrough()
      body.once('close', () => clearTimeout(deadline))
      headers.set('content-type', 'text/html; charset=utf-8')
      resolve(new Response(createReadableStreamFromReadable(body), { status, headers }))
      pipe(body)
    }
    const { pipe, abort } = renderToPipeableStream(
      <NonceProvider value={nonce}>
        <RemixServer context={remixContext} url={request.url} abortDelay={RENDER_DEADLINE_MS} nonce={nonce} />
      </NonceProvider>,
      {
        nonce,
        ...(isbot(request.headers.get('user-agent')) ? { onAllReady: send } : { onShellReady: send }),
        onShellError: reject,
        onError(error) {
          // Before it is sent, handleError gets it; afterwards nobody else would. Whoever hung up breaks it too.
          if (isSent && !request.signal.aborted) logError(error, 'a page broke while it was rendered')
        },
      },
    )
    const deadline = setTimeout(abort, RENDER_DEADLINE_MS).unref()
  })
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
