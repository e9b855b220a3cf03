import fc from 'fast-check'
import { clientAddress } from './clientAddress.ts'
import type { Header } from './header.ts'

/** Where the request says that it comes from: a proxy is trusted in the run, so that throttles see many clients. */
export const clientHeaders: fc.Arbitrary<Header[]> = fc.oneof(
  { weight: 12, arbitrary: clientAddress.real.map((address): Header[] => [['x-forwarded-for', address]]) },
  { weight: 1, arbitrary: clientAddress.odd.map((address): Header[] => [['x-forwarded-for', address]]) },
)
