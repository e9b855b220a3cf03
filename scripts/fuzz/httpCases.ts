import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { type FuzzRequest, fuzzRequest, type Target } from './fuzzRequest.ts'
import { marks } from './marks.ts'
import { placeholders } from './placeholders.ts'

/** A hundred megabytes of nothing, in a hundred kilobytes. */
const HUGE_WHEN_UNPACKED = gzipSync(Buffer.alloc(100_000_000, ' '), { level: 9 })

type Header = readonly [name: string, value: string]

const octet = fc.integer({ min: 1, max: 254 })
const realAddress = fc.tuple(octet, octet, octet).map(([a, b, c]) => `10.${a}.${b}.${c}`)
const oddAddress = fc.constantFrom(
  ...[
    'unknown',
    '',
    ',',
    ' , ,',
    '256.1.1.1',
    '1.2.3.4:5678',
    '[2001:db8::1]:80',
    '2001:db8::1',
    '::ffff:1.2.3.4',
  ],
  ...[
    'fe80::1%eth0',
    `fe80::1%${'x'.repeat(500)}`,
    '127.0.0.1',
    '::',
    "1.2.3.4' or 1=1",
    '0x7f.1',
    '1.2.3.4, 5.6.7.8',
  ],
  ...['x'.repeat(3_000), '1.1.1.1,'.repeat(300), '\xff\xfe', '::1::1', ':'.repeat(2_000), '1.2.3.4\tx'],
)

/** Where the request says that it comes from: a proxy is trusted in the run, so that throttles see many clients. */
export const clientHeaders: fc.Arbitrary<Header[]> = fc.oneof(
  { weight: 12, arbitrary: realAddress.map((address): Header[] => [['x-forwarded-for', address]]) },
  { weight: 1, arbitrary: oddAddress.map((address): Header[] => [['x-forwarded-for', address]]) },
)

/** Text that may stand in a header's value, as far as any server takes it. */
const headerText = fc.oneof(
  fc.string({
    unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code)),
    maxLength: 60,
  }),
  fc.constantFrom(
    '',
    ' ',
    '\t',
    '\xe9\xff',
    'a'.repeat(8_000),
    'a,'.repeat(3_000),
    '*',
    'null',
    '%0d%0aa: b',
    '\x7f',
    '\x01',
    '"',
    '=?utf-8?q?=41?=',
  ),
)

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

const hostileHeader: fc.Arbitrary<Header> = fc.oneof(
  { weight: 4, arbitrary: authorization.map((value): Header => ['authorization', value]) },
  { weight: 2, arbitrary: oddAddress.map((value): Header => ['x-forwarded-for', value]) },
  { weight: 1, arbitrary: oddAddress.map((value): Header => ['x-client-address', value]) },
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

/** What the web app would say of whom it asks for, had it taken everything from them unseen. */
export function asWebApp(usual: fc.Arbitrary<FuzzRequest>): fc.Arbitrary<FuzzRequest> {
  return fc
    .tuple(
      usual,
      fc.oneof(oddAddress, realAddress),
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

/** The request, with headers that nobody sends in earnest. */
export function headerCases(usual: fc.Arbitrary<FuzzRequest>): fc.Arbitrary<FuzzRequest> {
  return fc
    .tuple(
      usual,
      fc.array(hostileHeader, { minLength: 1, maxLength: 4 }),
      fc.constantFrom('beside', 'instead', 'twice', 'hundreds'),
    )
    .map(([request, headers, how]) => {
      const names = new Set(headers.map(([name]) => name))
      const kept = how === 'instead' ? request.headers.filter(([name]) => !names.has(name)) : request.headers
      const added =
        how === 'twice' ? [...headers, ...headers] : how === 'hundreds' ? [...many(), ...headers] : headers
      return { ...request, kind: 'headers', headers: [...kept, ...added] }
    })
}

function many(): Header[] {
  return Array.from({ length: 150 }, (_, index): Header => [`x-${index}`, 'y'])
}

const oddPath = fc.oneof(
  fc.constantFrom(
    ...[
      '/%E0%A4%A',
      '/%',
      '/%zz',
      '/%00',
      '/%2e%2e/%2e%2e/etc/passwd',
      '/../../etc/passwd',
      '//',
      '///',
      '//evil.example/',
      '/\\evil',
    ],
    ...[
      '*',
      '/*',
      '/.',
      '/..',
      '/./graphql',
      '/graphql/',
      '/GRAPHQL',
      '/graphql/..;/',
      '/graphql%2f',
      '/%67raphql',
      '/graphql%3fquery=x',
      '/graphql#x',
    ],
    ...[
      'http://evil.example/',
      'https://evil.example/sign-in',
      'http://',
      'http://[',
      '/a b',
      '/\x01',
      '/\xff',
      '/%ff',
      '/%F0%9F%98%80',
      '/\u00e9',
    ],
    ...[
      '/?',
      '/??',
      '/?%E0%A4%A',
      '/?a[__proto__]=1',
      '/?__proto__=1',
      '/;a=b',
      '/:',
      '/@',
      '/health/ready?x',
      '/metrics',
      '/metrics/',
      '/metrics?x',
      '/health/live/',
      '/health/%6cive',
      '/schema.graphql?x=1',
      '/schema.graphql/',
    ],
    ...[
      '/.env',
      '/.git/config',
      '/package.json',
      '/assets/',
      '/assets/../package.json',
      '/assets/%2e%2e/%2e%2e/package.json',
      '/assets/%00',
      '/favicon.svg/x',
      '/build/server/index.js',
    ],
    ...[
      '/constructor',
      '/__proto__',
      '/toString',
      '/session/__proto__',
      '/session/%00',
      '/session/%E0%A4%A',
      '/session/a%2Fb',
      '/session/..',
      '/session/%2e%2e',
      '/.data',
      '/_root.data',
      '/today.data',
      '/__manifest',
      '/__manifest?p=/today&version=x',
      '/__manifest?p=%E0%A4%A',
      '/__manifest?version=1',
      '/_root.data?_routes=__proto__',
      '/today.data?_routes=root',
      '/session/x.data',
      '/history.data?after=x',
    ],
  ),
  fc.webPath().map((path) => path || '/'),
  fc.integer({ min: 100, max: 15_000 }).map((length) => `/${'a'.repeat(length)}`),
  fc.integer({ min: 100, max: 5_000 }).map((length) => '/a'.repeat(length)),
  fc.integer({ min: 10, max: 4_000 }).map((length) => `/${'%20'.repeat(length)}`),
  fc.integer({ min: 10, max: 4_000 }).map((length) => `/history?after=${'%00'.repeat(length)}`),
  fc
    .array(
      fc.constantFrom(
        '/',
        '.',
        '..',
        '%2f',
        '%5c',
        '%2e',
        'session',
        'graphql',
        '%E0',
        '%00',
        ';',
        '?',
        '#',
        '&',
        '=',
        '\\',
        '%25',
      ),
      { minLength: 1, maxLength: 12 },
    )
    .map((parts) => `/${parts.join('')}`),
)

const oddMethod = fc.constantFrom(
  ...[
    'GET',
    'GET',
    'GET',
    'POST',
    'POST',
    'HEAD',
    'OPTIONS',
    'PUT',
    'PATCH',
    'DELETE',
    'TRACE',
    'CONNECT',
    'PROPFIND',
    'MKCOL',
    'SEARCH',
    'QUERY',
    'LINK',
  ],
  ...['get', 'FOO', 'G\xc9T', 'GET\t', ''],
)

/** Methods and addresses that lead nowhere, or elsewhere than they seem. */
export function pathCases(target: Target, usual: fc.Arbitrary<FuzzRequest>): fc.Arbitrary<FuzzRequest> {
  return fc.oneof(
    fc.tuple(oddMethod, oddPath, fc.boolean()).map(([method, path, hasOrigin]) =>
      fuzzRequest({
        kind: 'address',
        target,
        method,
        path,
        headers: hasOrigin ? [['origin', placeholders.webOrigin]] : [],
      }),
    ),
    fc.tuple(usual, oddPath).map(([request, path]): FuzzRequest => ({ ...request, kind: 'address', path })),
    fc
      .tuple(usual, oddMethod)
      .map(([request, method]): FuzzRequest => ({ ...request, kind: 'method', method })),
  )
}

/** The request, with a body that was tampered with byte by byte, or is not what its headers say. */
export function tamperedBody(usual: fc.Arbitrary<FuzzRequest>): fc.Arbitrary<FuzzRequest> {
  const type = fc.constantFrom(
    ...[
      'application/json; charset=utf-16',
      'application/json;charset=\xff',
      'application/JSON',
      'application/json, text/plain',
      'application/json;',
      'text/plain',
      'text/html',
    ],
    ...[
      'application/x-www-form-urlencoded',
      'application/x-www-form-urlencoded; charset=utf-16',
      'multipart/form-data',
      'multipart/form-data; boundary=x',
      'multipart/form-data; boundary=' + 'x'.repeat(300),
    ],
    ...[
      'application/graphql',
      'application/graphql+json',
      'application/xml',
      'application/octet-stream',
      '',
      '/',
      ';',
      'x'.repeat(4_000),
      '__proto__',
      'application/json\t',
    ],
  )
  const bytes = fc
    .tuple(
      usual,
      fc.array(fc.tuple(fc.nat(3_000), fc.nat(255), fc.constantFrom('set', 'insert', 'remove')), {
        minLength: 1,
        maxLength: 4,
      }),
    )
    .map(([request, changes]): FuzzRequest => {
      const body = [...Buffer.from(request.body, request.encoding)]
      for (const [at, byte, change] of changes) {
        const place = at % (body.length + 1)
        if (change === 'set') body[place] = byte
        else if (change === 'insert') body.splice(place, 0, byte)
        else body.splice(place, 1)
      }
      return {
        ...request,
        kind: 'body, bytes off',
        body: Buffer.from(body).toString('latin1'),
        encoding: 'latin1',
      }
    })
  const cut = fc.tuple(usual, fc.nat(300)).map(([request, end]): FuzzRequest => ({
    ...request,
    kind: 'body, cut off',
    body: request.body.slice(0, end),
  }))
  const retyped = fc.tuple(usual, type).map(([request, value]): FuzzRequest => ({
    ...request,
    kind: 'body, of another type',
    headers: [...request.headers.filter(([name]) => name !== 'content-type'), ['content-type', value]],
  }))
  const untyped = usual.map((request): FuzzRequest => ({
    ...request,
    kind: 'body, of another type',
    headers: request.headers.filter(([name]) => name !== 'content-type'),
  }))
  const reframed = fc
    .tuple(usual, fc.constantFrom('chunked', 'none'), fc.constantFrom('utf8', 'utf16le', 'latin1'))
    .map(([request, framing, encoding]): FuzzRequest => ({
      ...request,
      kind: 'body, framed or encoded otherwise',
      framing,
      encoding,
    }))
  const encoded = fc
    .tuple(usual, fc.constantFrom('gzip', 'deflate', 'br', 'identity', 'x-gzip, gzip', 'zstd'))
    .map(([request, value]): FuzzRequest => ({
      ...request,
      kind: 'body, said to be compressed',
      headers: [...request.headers, ['content-encoding', value]],
    }))
  const compressed = fc
    .tuple(usual, fc.constantFrom(false, false, true), fc.boolean())
    .map(([request, isHuge, isCut]): FuzzRequest => {
      const bytes = isHuge ? HUGE_WHEN_UNPACKED : gzipSync(request.body)
      return {
        ...request,
        kind: 'body, compressed',
        headers: [...request.headers, ['content-encoding', 'gzip']],
        body: (isCut ? bytes.subarray(0, bytes.length / 2) : bytes).toString('latin1'),
        encoding: 'latin1',
      }
    })
  const padded = fc
    .tuple(
      usual,
      fc.constantFrom(' ', '\n', '\0', '{', '[', 'a=b&', '"', '\xff'),
      fc.constantFrom(1_000, 60_000, 99_000, 150_000, 2_000_000),
    )
    .map(([request, unit, length]): FuzzRequest => ({
      ...request,
      kind: 'body, huge',
      body: unit.repeat(length / unit.length) + request.body,
    }))
  return fc.oneof(
    { weight: 5, arbitrary: bytes },
    { weight: 2, arbitrary: cut },
    { weight: 3, arbitrary: retyped },
    { weight: 1, arbitrary: untyped },
    { weight: 2, arbitrary: reframed },
    { weight: 1, arbitrary: encoded },
    { weight: 1, arbitrary: compressed },
    { weight: 1, arbitrary: padded },
  )
}

/** Bytes that are no whole request, or more than one. */
export function rawCases(target: Target, path: string): fc.Arbitrary<FuzzRequest> {
  const host = 'host: localhost\r\n'
  const post = `POST ${path} HTTP/1.1\r\n${host}content-type: application/json\r\n`
  const body = '{"query":"{ me { id } }"}'
  const known = fc.constantFrom(
    '',
    '\r\n\r\n',
    '\0',
    'GET',
    'GET /\r\n\r\n',
    'GET / HTTP/0.9\r\n\r\n',
    'GET / HTTP/1.0\r\n\r\n',
    'GET / HTTP/1.1\r\n\r\n',
    'GET / HTTP/3.0\r\n\r\n',
    'GET / HTTP/1.1\r\nhost: a\r\nhost: b\r\n\r\n',
    'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
    `GET ${path} HTTP/1.1\n${host.trim()}\n\n`,
    `GET ${path}\0 HTTP/1.1\r\n${host}\r\n`,
    `GET  ${path}  HTTP/1.1\r\n${host}\r\n`,
    `CONNECT evil.example:80 HTTP/1.1\r\n${host}\r\n`,
    `OPTIONS * HTTP/1.1\r\n${host}\r\n`,
    `GET * HTTP/1.1\r\n${host}connection: close\r\n\r\n`,
    `GET http://evil.example/sign-in HTTP/1.1\r\n${host}connection: close\r\n\r\n`,
    `GET ?x HTTP/1.1\r\n${host}connection: close\r\n\r\n`,
    `GET / HTTP/1.1\r\n${host}expect: something\r\nconnection: close\r\n\r\n`,
    `${post}expect: 100-continue\r\ncontent-length: ${body.length}\r\n\r\n`,
    `${post}content-length: ${body.length}\r\ncontent-length: 5\r\n\r\n${body}`,
    `${post}content-length: ${body.length}, ${body.length}\r\n\r\n${body}`,
    `${post}content-length: +${body.length}\r\n\r\n${body}`,
    `${post}content-length: 1000\r\n\r\n${body}`,
    `${post}content-length: 5\r\n\r\n${body}`,
    `${post}content-length: 99999999999\r\n\r\n${body}`,
    `${post}transfer-encoding: chunked\r\ncontent-length: 5\r\n\r\n0\r\n\r\nGET /admin HTTP/1.1\r\n\r\n`,
    `${post}transfer-encoding: chunked\r\n\r\nzz\r\n${body}\r\n0\r\n\r\n`,
    `${post}transfer-encoding: chunked\r\n\r\n-1\r\n${body}\r\n0\r\n\r\n`,
    `${post}transfer-encoding: chunked\r\n\r\nffffffffffffffffff\r\n${body}`,
    `${post}transfer-encoding: chunked\r\n\r\n19;a=${'b'.repeat(20_000)}\r\n${body}\r\n0\r\n\r\n`,
    `${post}transfer-encoding: chunked\r\n\r\n19\r\n${body}\r\n0\r\nx-trailer: ${'y'.repeat(30_000)}\r\n\r\n`,
    `${post}transfer-encoding: chunked\r\n\r\n${'1\r\n \r\n'.repeat(3_000)}0\r\n\r\n`,
    `${post}transfer-encoding: xchunked\r\n\r\n0\r\n\r\n`,
    `${post}transfer-encoding : chunked\r\n\r\n0\r\n\r\n`,
    `${post}transfer-encoding:\x0bchunked\r\n\r\n0\r\n\r\n`,
    `${post}Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n`,
    `GET / HTTP/1.1\r\n${host}x: ${'y'.repeat(70_000)}\r\n\r\n`,
    `GET /${'y'.repeat(70_000)} HTTP/1.1\r\n${host}\r\n`,
    `GET / HTTP/1.1\r\n${host}${'x: y\r\n'.repeat(4_000)}\r\n`,
    `GET / HTTP/1.1\r\n${host}x\r\n\r\n`,
    `GET / HTTP/1.1\r\n${host}: y\r\n\r\n`,
    `GET / HTTP/1.1\r\n ${host}\r\n`,
    `GET / HTTP/1.1\r\n${host}x: a\rb\r\n\r\n`,
    `${`GET /health/live HTTP/1.1\r\n${host}\r\n`.repeat(30)}`,
  )
  const noise = fc.string({ unit: fc.nat(255).map((code) => String.fromCharCode(code)), maxLength: 60 })
  const spoilt = fc
    .tuple(known, fc.nat(120), noise)
    .map(([text, at, piece]) => text.slice(0, at) + piece.slice(0, 3) + text.slice(at))
  return fc
    .oneof({ weight: 4, arbitrary: known }, { weight: 2, arbitrary: spoilt }, { weight: 1, arbitrary: noise })
    .map((raw) => fuzzRequest({ kind: 'bytes', target, raw }))
}
