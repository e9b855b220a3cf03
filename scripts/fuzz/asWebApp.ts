import fc from 'fast-check'
import { clientAddress } from './clientAddress.ts'
import type { FuzzRequest } from './fuzzRequest.ts'
import { headerText } from './headerText.ts'
import { placeholders } from './placeholders.ts'

/** What the web app would say of whom it asks for, had it taken everything from them unseen. */
export function asWebApp(usual: fc.Arbitrary<FuzzRequest>): fc.Arbitrary<FuzzRequest> {
  return fc
    .tuple(
      usual,
      fc.oneof(clientAddress.odd, clientAddress.real),
      headerText,
      fc.oneof(headerText, fc.constant('of-a-web-app-12345678')),
    )
    .map(([request, address, userAgent, requestId]) => ({
      ...request,
      kind: 'headers, as the web app',
      headers: [
        ...request.headers,
        ['x-web-api-secret', placeholders.webApiSecret],
        ['x-client-address', address],
        ['x-client-user-agent', userAgent],
        ['x-request-id', requestId],
      ] as const,
    }))
}
