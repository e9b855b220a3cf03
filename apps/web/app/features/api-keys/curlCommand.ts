/**
 * The request as a command for a shell. The key is named and never written out: commands end up in histories, tickets
 * and screen shots.
 */
export function curlCommand({
  url,
  query,
  variables,
  operationName,
}: {
  url: string
  query: string
  variables: unknown
  operationName: string | null
}): string {
  const body = JSON.stringify({
    query,
    ...(variables !== null && { variables }),
    ...(operationName !== null && { operationName }),
  })
  return [
    `curl ${quote(url)}`,
    `  --header 'Content-Type: application/json'`,
    `  --header "Authorization: Bearer $WELLNESS_API_KEY"`,
    `  --data-raw ${quote(body)}`,
  ].join(' \\\n')
}

/** Within single quotes a shell reads nothing but their end. */
function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
