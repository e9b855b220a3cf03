export type Target = 'api' | 'web'

/** One request as it is to go over the wire. Names in double braces stand for what only the run knows: see FuzzActor. */
export interface FuzzRequest {
  /** What is hostile about it, for the counts. */
  kind: string
  target: Target
  method: string
  path: string
  headers: readonly (readonly [name: string, value: string])[]
  body: string
  /** How the body becomes bytes; latin1 where the bytes themselves were tampered with. */
  encoding: 'utf8' | 'latin1' | 'utf16le'
  /** `none` leaves the framing to the headers above. */
  framing: 'length' | 'chunked' | 'none'
  /** Instead of all that but kind and target: the bytes themselves, one a character. */
  raw: string | null
}

/** A whole request out of what is particular about it. */
export function fuzzRequest(parts: Pick<FuzzRequest, 'kind' | 'target'> & Partial<FuzzRequest>): FuzzRequest {
  return {
    method: 'GET',
    path: '/',
    headers: [],
    body: '',
    encoding: 'utf8',
    framing: 'length',
    raw: null,
    ...parts,
  }
}
