import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import type { FuzzRequest } from './fuzzRequest.ts'

/** A hundred megabytes of nothing, in a hundred kilobytes. */
const HUGE_WHEN_UNPACKED = gzipSync(Buffer.alloc(100_000_000, ' '), { level: 9 })

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
