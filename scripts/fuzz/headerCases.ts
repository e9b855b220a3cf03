import fc from 'fast-check'
import type { FuzzRequest } from './fuzzRequest.ts'
import type { Header } from './header.ts'
import { hostileHeader } from './hostileHeader.ts'

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
