import { Writable } from 'node:stream'
import type { AppLoadContext, EntryContext, HandleErrorFunction } from '@remix-run/node'
import { isRouteErrorResponse, RemixServer } from '@remix-run/react'
import { renderToPipeableStream } from 'react-dom/server'
import { NonceProvider } from './ui/Nonce.tsx'

const RENDER_DEADLINE_MS = 10_000

/**
 * Renders a page whole. Nothing on our pages comes late, so that a stream would bring nobody anything sooner; and a page
 * that breaks while it is rendered is answered with the page that says so, and not cut off.
 */
export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
  { nonce, logError }: AppLoadContext,
): Promise<Response> {
  passOnRetryAfter(remixContext, headers)
  headers.set('content-type', 'text/html; charset=utf-8')
  return new Promise((resolve, reject) => {
    let hasShell = false
    const page = new CollectedPage((body) => {
      clearTimeout(deadline)
      resolve(new Response(body, { status, headers }))
    })
    const { pipe, abort } = renderToPipeableStream(
      <NonceProvider value={nonce}>
        <RemixServer context={remixContext} url={request.url} abortDelay={RENDER_DEADLINE_MS} nonce={nonce} />
      </NonceProvider>,
      {
        nonce,
        onShellReady: () => (hasShell = true),
        onAllReady: () => pipe(page),
        onShellError: reject,
        onError(error) {
          // What breaks before its frame is ready is handed to handleError; afterwards nobody else would hear of it.
          if (hasShell && !request.signal.aborted) logError(error, 'a page broke while it was rendered')
        },
      },
    )
    const deadline = setTimeout(abort, RENDER_DEADLINE_MS).unref()
  })
}

/** Takes a page as it is rendered, and hands it on when it is whole. */
class CollectedPage extends Writable {
  readonly #chunks: Uint8Array[] = []
  readonly #done: (body: Uint8Array<ArrayBuffer>) => void

  constructor(done: (body: Uint8Array<ArrayBuffer>) => void) {
    super({ highWaterMark: Number.MAX_SAFE_INTEGER })
    this.#done = done
  }

  override _write(chunk: Uint8Array, _encoding: string, next: () => void): void {
    this.#chunks.push(chunk)
    next()
  }

  override _final(next: () => void): void {
    this.#done(Buffer.concat(this.#chunks))
    next()
  }
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
