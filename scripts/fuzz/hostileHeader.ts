import fc from 'fast-check'
import { clientAddress } from './clientAddress.ts'
import type { Header } from './header.ts'
import { headerText } from './headerText.ts'
import { marks } from './marks.ts'
import { placeholders } from './placeholders.ts'

const authorization = fc.constantFrom(
  ...['', 'Bearer', 'Bearer ', 'bearer x', 'Basic YTpi', 'Digest username="a"', 'Bearer a b', 'Bearer\tx'],
  ...[
    `bearer ${placeholders.ownToken}`,
    `BEARER  ${placeholders.ownToken}`,
    ` Bearer ${placeholders.ownToken} `,
  ],
  ...[
    `Bearer ${placeholders.ownToken}=`,
    `Bearer ${placeholders.ownToken}~`,
    `Bearer ${placeholders.endedToken}`,
  ],
  ...[
    `Bearer ${'A'.repeat(43)}`,
    `Bearer ${'A'.repeat(5_000)}`,
    `Bearer ${'\xff'.repeat(43)}`,
    `Bearer ${placeholders.ownToken}, Bearer x`,
  ],
  ...[
    `Token ${placeholders.ownToken}`,
    placeholders.ownToken,
    `Bearer ${placeholders.signUpToken}`,
    'Bearer __proto__',
    'Bearer null',
  ],
  ...[
    `Bearer ${placeholders.ownToken}~5`,
    `Bearer ${placeholders.ownToken}~42`,
    `Bearer ${' '.repeat(4_000)}x`,
  ],
)

/** A header that nobody sends in earnest. */
export const hostileHeader: fc.Arbitrary<Header> = fc.oneof(
  { weight: 4, arbitrary: authorization.map((value): Header => ['authorization', value]) },
  { weight: 2, arbitrary: clientAddress.odd.map((value): Header => ['x-forwarded-for', value]) },
  { weight: 1, arbitrary: clientAddress.odd.map((value): Header => ['x-client-address', value]) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        fc.constantFrom(
          'x-web-api-secret',
          'x-request-id',
          'x-client-user-agent',
          'user-agent',
          'x-forwarded-host',
          'x-forwarded-proto',
          'forwarded',
          'x-real-ip',
        ),
        headerText,
      )
      .map(([name, value]): Header => [name, value]),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom<Header[]>(
      ['x-request-id', `${marks.text}-12345678`],
      ['x-request-id', '{"level":"fatal"}'],
      ['x-request-id', 'a'.repeat(65)],
      ['x-request-id', '00000000-0000-0000-0000-000000000000'],
      ['x-web-api-secret', 'A'.repeat(64)],
      ['x-web-api-secret', `\xff${marks.text}`],
    ),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        fc.constantFrom(
          'accept',
          'accept-language',
          'accept-encoding',
          'accept-charset',
          'range',
          'if-none-match',
          'if-modified-since',
          'if-match',
          'if-range',
          'cookie',
          'referer',
          'origin',
          'sec-fetch-site',
          'content-encoding',
          'cache-control',
          'date',
          'te',
          'trailer',
          'via',
          'priority',
          'traceparent',
          'tracestate',
          'baggage',
        ),
        headerText,
      )
      .map(([name, value]): Header => [name, value]),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom<Header[]>(
      ['traceparent', `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`],
      ['traceparent', `00-${'0'.repeat(32)}-${'0'.repeat(16)}-ff`],
      ['traceparent', `${marks.text}-${'a'.repeat(32)}`],
      ['accept', 'text/csv'],
      ['accept', '*/*;q=0'],
      ['accept', 'application/json;q=NaN, */*;q=-1'],
      ['accept', `${'text/html,'.repeat(700)}application/json`],
      ['accept', 'application/graphql-response+json'],
      ['accept-language', 'x-'.repeat(90)],
      ['accept-language', 'en-u-ca-islamic-nu-arab, tlh;q=0.9, de-DE-u-co-phonebk;q=0'],
      ['accept-language', 'zz, xx-YY-ZZZZ, root, ar-SA'],
      ['content-encoding', 'gzip'],
      ['content-encoding', 'br, gzip, identity'],
      ['expect', '100-continue'],
      ['expect', 'the unexpected'],
      ['upgrade', 'websocket'],
      ['upgrade', 'h2c'],
      ['connection', 'keep-alive, upgrade'],
      ['connection', 'close, authorization, x-request-id'],
      ['connection', '\xff'],
      ['keep-alive', 'timeout=999999'],
      ['proxy-connection', 'keep-alive'],
      ['proxy-authorization', 'Basic YTpi'],
      ['transfer-encoding', 'gzip'],
      ['transfer-encoding', 'chunked, identity'],
      ['content-length', '0'],
      ['content-length', '-1'],
      ['content-length', '1e3'],
      ['content-length', '99999999999999999999'],
      ['host', ''],
      ['host', 'evil.example'],
      ['host', 'a'.repeat(3_000)],
      ['host', '[::1'],
      ['host', 'a@b:c/d?e#f'],
      ['range', 'bytes=0-'],
      ['range', 'bytes=9-1,5-'],
      ['if-none-match', '*'],
      ['if-match', '"x"'],
      ['__proto__', 'x'],
      ['constructor', 'x'],
      ['x-huge', 'x'.repeat(15_000)],
      ['x-larger', 'x'.repeat(20_000)],
      ['x-http-method-override', 'DELETE'],
      ['access-control-request-method', 'POST'],
      ['apollo-require-preflight', 'x'],
      ['x-apollo-operation-name', '\xe9'],
      ['cookie', `login=${'A'.repeat(10_000)}`],
      ['', 'empty name'],
      ['a b', 'a space'],
      ['x-fold', 'a\r\n b'],
      ['x-bare', 'a\nb: c'],
      ['x-nul', 'a\0b'],
    ),
  },
)
