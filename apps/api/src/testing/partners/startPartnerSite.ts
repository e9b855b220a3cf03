import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

const PAGE = `<!doctype html><title>A partner's page</title><script type="importmap">
{ "imports": { "@wellness/api-client": "/client/client.js", "@wellness/api-client/operations": "/client/generated/graphql.js" } }
</script>`

/** A site of a partner's: a page, the client as it was packed, and /graphql, which is passed on to the API. */
export async function startPartnerSite(
  apiUrl: string,
  clientFolder: string,
): Promise<{ url: string; stop(): void }> {
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    const answer = async (): Promise<void> => {
      if (path === '/graphql') {
        const { authorization = '' } = request.headers
        const headers = { authorization, 'content-type': 'application/json' }
        const passed = await fetch(`${apiUrl}/graphql`, {
          method: 'POST',
          headers,
          body: await text(request),
        })
        response.writeHead(passed.status, { 'content-type': 'application/json' }).end(await passed.text())
      } else if (path.startsWith('/client/')) {
        const script = await readFile(`${clientFolder}/dist/${path.slice('/client/'.length)}`)
        response.writeHead(200, { 'content-type': 'text/javascript' }).end(script)
      } else {
        response.writeHead(200, { 'content-type': 'text/html' }).end(PAGE)
      }
    }
    answer().catch(() => response.writeHead(500).end())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
