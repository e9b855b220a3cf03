/**
 * The address of a request in a form that everything behind can decode: `/%E0%A4%A` is no text in any way of writing it,
 * and the router would refuse it in words of its own. With its percent signs written out it is an address like any other
 * that leads nowhere.
 */
export function readableUrl(url: string): string {
  const [path = '', ...query] = url.split('?')
  try {
    decodeURIComponent(path)
    return url
  } catch {
    return [path.replaceAll('%', '%25'), ...query].join('?')
  }
}
