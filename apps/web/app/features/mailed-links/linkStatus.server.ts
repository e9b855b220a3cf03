/** Mail scanners open every link: opening one changes nothing and asks the API nothing, so that all that is seen is its form. */
export function linkStatus({ request }: { request: Request }): 200 | 400 {
  return new URL(request.url).searchParams.get('token') ? 200 : 400
}
