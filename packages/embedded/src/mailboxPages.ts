import type { IncomingMessage, ServerResponse } from 'node:http'
import type { MailboxMessage } from './mailboxMessage.ts'

const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/**
 * Shows the mail in a browser. Mails hold links that sign people up, so a page of another site that points its own name at
 * 127.0.0.1 must not read them: only requests to a local host name are answered.
 */
export function answerMailboxRequest(
  request: IncomingMessage,
  response: ServerResponse,
  messages: MailboxMessage[],
): void {
  const send = (status: number, type: string, body: string, policy = POLICY): void => {
    response.writeHead(status, {
      'content-type': `${type}; charset=utf-8`,
      'content-security-policy': policy,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    })
    response.end(request.method === 'HEAD' ? undefined : body)
  }

  const host = (request.headers.host ?? '').replace(/:\d+$/, '')
  if (host !== '127.0.0.1' && host !== 'localhost')
    return send(403, 'text/plain', 'Only local requests are answered\n')
  if (request.method !== 'GET' && request.method !== 'HEAD') return send(405, 'text/plain', 'Only GET\n')

  const path = new URL(request.url ?? '/', 'http://localhost').pathname
  if (path === '/') return send(200, 'text/html', listPage(messages))
  if (path === '/messages.json') return send(200, 'application/json', JSON.stringify(messages))

  const [, id, view] = /^\/messages\/(\d+)(\/html)?$/.exec(path) ?? []
  const message = messages.find((candidate) => candidate.id === id)
  if (message === undefined) return send(404, 'text/html', missingPage())
  if (view === undefined) return send(200, 'text/html', messagePage(message))
  // What the mail brings along runs nothing, loads nothing, and belongs to no origin.
  return send(
    200,
    'text/html',
    message.html ?? '',
    `sandbox allow-top-navigation-by-user-activation; ${POLICY}`,
  )
}

function listPage(messages: MailboxMessage[]): string {
  const items = messages
    .toReversed()
    .map(
      (message) =>
        `<li><a href="/messages/${message.id}">${escape(message.subject || '(no subject)')}</a>` +
        `<span>to ${escape(message.to.join(', '))}, ${time(message)}</span></li>`,
    )
  const body =
    items.length === 0
      ? '<p>No mail yet. What the product sends appears here; it goes nowhere else.</p>'
      : `<ul>${items.join('')}</ul>`
  return page('Mailbox', `<h1>Mailbox</h1><p><a href="/">Refresh</a></p>${body}`)
}

function messagePage(message: MailboxMessage): string {
  const html =
    message.html === null ? '' : `<p><a href="/messages/${message.id}/html">See its HTML part</a></p>`
  return page(
    message.subject || '(no subject)',
    `<p><a href="/">All mail</a></p><h1>${escape(message.subject || '(no subject)')}</h1>` +
      `<dl><dt>From</dt><dd>${escape(message.from)}</dd><dt>To</dt><dd>${escape(message.to.join(', '))}</dd>` +
      `<dt>Received</dt><dd>${time(message)}</dd></dl><pre>${linked(message.text)}</pre>${html}`,
  )
}

function missingPage(): string {
  return page(
    'Not found',
    '<h1>Not found</h1><p>Mail is kept until the product stops. <a href="/">All mail</a></p>',
  )
}

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escape(title)}</title><meta name="viewport" content="width=device-width, initial-scale=1"><style>${STYLE}</style></head><body><main>${body}</main></body></html>`
}

function linked(text: string): string {
  // An odd part is what the group caught, an address.
  const parts = text.split(/(https?:\/\/[^\s<>"]+)/)
  return parts
    .map((part, i) => (i % 2 === 0 ? escape(part) : `<a href="${escape(part)}">${escape(part)}</a>`))
    .join('')
}

function time(message: MailboxMessage): string {
  return message.receivedAt.toISOString().replace('T', ' ').replace(/\..*/, ' UTC')
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

const STYLE = `
:root { color-scheme: light dark; --ink: #2b2b2b; --paper: #fff5f7; --link: #a62163; --line: #8f5b74 }
@media (prefers-color-scheme: dark) { :root { --ink: #fff5f7; --paper: #2b2b2b; --link: #f8c8dc; --line: #8f5b74 } }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif }
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem }
a { color: var(--link); display: inline-block; min-height: 24px; overflow-wrap: anywhere }
a:focus-visible { outline: 2px solid var(--ink); outline-offset: 2px }
ul { list-style: none; padding: 0 } li { padding: .75rem 0; border-top: 1px solid var(--line) } li a { display: block; font-weight: 600 } li span { overflow-wrap: anywhere }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem } dt { font-weight: 600 } dd { margin: 0; overflow-wrap: anywhere }
pre { font: inherit; white-space: pre-wrap; overflow-wrap: anywhere; padding: 1rem; border: 1px solid var(--line); border-radius: .5rem }
`
