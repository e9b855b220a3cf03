/** The token of a mail's link. Mail scanners open every link: opening one changes nothing, and asks the API nothing. */
export function readToken({ request }: { request: Request }): string | null {
  return new URL(request.url).searchParams.get('token') || null
}
