import fc from 'fast-check'

/** Text that may stand in a header's value, as far as any server takes it. */
export const headerText = fc.oneof(
  fc.string({
    unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code)),
    maxLength: 60,
  }),
  fc.constantFrom(
    '',
    ' ',
    '\t',
    '\xe9\xff',
    'a'.repeat(8_000),
    'a,'.repeat(3_000),
    '*',
    'null',
    '%0d%0aa: b',
    '\x7f',
    '\x01',
    '"',
    '=?utf-8?q?=41?=',
  ),
)
