import fc from 'fast-check'
import { type FuzzRequest, fuzzRequest, type Target } from './fuzzRequest.ts'

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
