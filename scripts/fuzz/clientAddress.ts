import fc from 'fast-check'

const octet = fc.integer({ min: 1, max: 254 })
const realAddress = fc.tuple(octet, octet, octet).map(([a, b, c]) => `10.${a}.${b}.${c}`)
const oddAddress = fc.constantFrom(
  ...[
    'unknown',
    '',
    ',',
    ' , ,',
    '256.1.1.1',
    '1.2.3.4:5678',
    '[2001:db8::1]:80',
    '2001:db8::1',
    '::ffff:1.2.3.4',
  ],
  ...[
    'fe80::1%eth0',
    `fe80::1%${'x'.repeat(500)}`,
    '127.0.0.1',
    '::',
    "1.2.3.4' or 1=1",
    '0x7f.1',
    '1.2.3.4, 5.6.7.8',
  ],
  ...['x'.repeat(3_000), '1.1.1.1,'.repeat(300), '\xff\xfe', '::1::1', ':'.repeat(2_000), '1.2.3.4\tx'],
)

/** Addresses of clients, and of what is none. */
export const clientAddress = { real: realAddress, odd: oddAddress }
