import { isIPv6 } from 'node:net'

/**
 * What counts as one client: an IPv4 address, or the /64 of an IPv6 one, since whoever has one address of a /64 has
 * all of them.
 */
export function clientNetwork(ipAddress: string): string {
  const address = ipAddress.replace(/%.*$/, '').toLowerCase()
  if (!isIPv6(address)) return address
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(address)?.[1]
  if (mapped) return mapped
  const [head = '', tail] = address.split('::')
  const before = groups(head)
  const after = groups(tail ?? '')
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => 0)
  const first = [...before, ...(tail === undefined ? [] : zeros), ...after].slice(0, 4)
  return `${first.map((group) => group.toString(16)).join(':')}::/64`
}

function groups(text: string): number[] {
  if (text === '') return []
  // A dotted tail stands for two groups; it is never among the first four, which are all that is used.
  return text.split(':').flatMap((group) => (group.includes('.') ? [0, 0] : [parseInt(group, 16)]))
}
