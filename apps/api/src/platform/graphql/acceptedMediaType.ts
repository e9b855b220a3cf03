const JSON_TYPE = 'application/json'
const GRAPHQL_TYPE = 'application/graphql-response+json'

/** The content type to answer a GraphQL request with; null when Accept allows none of ours. */
export function acceptedMediaType(accept: string | undefined): string | null {
  // What nearly every client sends needs no parser.
  if (accept === undefined || accept === '*/*' || accept === JSON_TYPE) return withCharset(JSON_TYPE)
  if (accept === GRAPHQL_TYPE) return withCharset(GRAPHQL_TYPE)

  const ranges = accept.toLowerCase().split(',').map(parseRange)
  const [best] = [JSON_TYPE, GRAPHQL_TYPE]
    .flatMap((type) => {
      const matching = ranges.filter(({ range }) => specificity(range, type) > 0)
      // The most exact range decides about a type: `*/*, application/json;q=0` refuses JSON.
      const [exact] = matching.sort((a, b) => specificity(b.range, type) - specificity(a.range, type))
      return exact && exact.quality > 0 ? [{ type, ...exact, position: ranges.indexOf(exact) }] : []
    })
    .sort(
      (a, b) =>
        b.quality - a.quality ||
        specificity(b.range, b.type) - specificity(a.range, a.type) ||
        a.position - b.position,
    )
  return best ? withCharset(best.type) : null
}

function parseRange(text: string): { range: string; quality: number } {
  const [range = '', ...parameters] = text.split(';').map((part) => part.trim())
  const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2)
  return { range, quality: quality === undefined ? 1 : Number(quality) || 0 }
}

function specificity(range: string, type: string): number {
  return ['*/*', 'application/*', type].indexOf(range) + 1
}

function withCharset(type: string): string {
  return `${type}; charset=utf-8`
}
