import fc from 'fast-check'
import { hostileText } from './hostileText.ts'
import { marks } from './marks.ts'
import { placeholders } from './placeholders.ts'

/** Zones that the product takes. */
export const KNOWN_ZONES = ['UTC', 'Europe/Stockholm', 'Asia/Kolkata', 'America/Argentina/Buenos_Aires']

const oddZone = fc.constantFrom(
  'europe/stockholm',
  'EST5EDT',
  'Etc/GMT+12',
  'GMT',
  'CET',
  'PST8PDT',
  'posixrules',
  'localtime',
  'Factory',
  'SystemV/AST4',
  'Asia/Calcutta',
  'America/Ciudad_Juarez',
  'Antarctica/Troll',
  'Pacific/Kiritimati',
  'US/Pacific-New',
  'Europe/Kyiv',
  '+02:00',
  'UTC+3',
  'Foo/Bar',
  'posix/Europe/Stockholm',
  'right/UTC',
  "Europe/O'Higgins",
)

const odd = (usual: fc.Arbitrary<string>, weight = 3): fc.Arbitrary<string> =>
  fc.oneof({ weight, arbitrary: usual }, { weight: 1, arbitrary: hostileText })

const newAddress = fc.integer({ min: 0, max: 400 }).map((number) => `new-${number}@${marks.mailDomain}`)

/** Addresses in every spelling; few of them exist. */
const email = odd(
  fc.oneof(
    newAddress,
    newAddress.map((address) => ` ${address.toUpperCase()}\t`),
    fc.constantFrom(
      ...Array.from({ length: 8 }, () => placeholders.ownEmail),
      placeholders.otherEmail,
      `a@b@${marks.mailDomain}`,
      `"quoted it"@${marks.mailDomain}`,
      `a\0b@${marks.mailDomain}`,
      `ü@${marks.mailDomain}`,
      `a\r\nBcc: x@${marks.mailDomain}`,
      `${'a'.repeat(64)}@${'b.'.repeat(80)}${marks.mailDomain}`,
      `${'a'.repeat(300)}@${marks.mailDomain}`,
      `${'a.'.repeat(2_000)}@${marks.mailDomain}`,
      `a@${'x-'.repeat(2_000)}.${marks.mailDomain}`,
      `<a@${marks.mailDomain}>`,
      `a@${marks.mailDomain},b@${marks.mailDomain}`,
    ),
  ),
)

/** Every password bears its mark, so that it is known wherever it turns up. */
const password = fc.oneof(
  { weight: 4, arbitrary: fc.constant(placeholders.ownPassword) },
  { weight: 1, arbitrary: fc.constant(`${marks.password} is wrong`) },
  { weight: 2, arbitrary: hostileText.map((text) => `${marks.password}${text}`) },
  { weight: 1, arbitrary: fc.constantFrom('', ' ', `${marks.password}${'é'.repeat(118)}`) },
)

/** Few are such that a throttle has much to do: what is behind the check is to be tried, too. */
const currentPassword = fc.oneof(
  { weight: 5, arbitrary: fc.constant(placeholders.ownPassword) },
  { weight: 1, arbitrary: password },
)

const newPassword = fc.oneof(
  { weight: 3, arbitrary: fc.nat(99).map((number) => `${marks.password} lantern gravel ${number} otter`) },
  { weight: 1, arbitrary: password },
)

const loginId = odd(
  fc.constantFrom(
    ...[placeholders.ownLogin, placeholders.otherLogin, placeholders.otherLogin, placeholders.otherLogin],
    ...[placeholders.ownUser, placeholders.ownLive, 'login_01k00000000000000000000000'],
  ),
  5,
)

/** Tokens of mails, most of them of the kind that fits. */
const tokenOf = (fitting: string): fc.Arbitrary<string> =>
  odd(
    fc.constantFrom(
      ...Array.from({ length: 8 }, () => fitting),
      ...[placeholders.signUpToken, placeholders.resetToken, placeholders.emailChangeToken],
      ...[placeholders.notMeToken, 'A'.repeat(43)],
    ),
    5,
  )
const sessionId = odd(
  fc.constantFrom(
    ...Array.from({ length: 12 }, () => placeholders.ownLive),
    placeholders.ownOver,
    placeholders.otherSession,
    placeholders.ownUser,
    'session_00000000000000000000000000',
    'session_7zzzzzzzzzzzzzzzzzzzzzzzzz',
    'session_8zzzzzzzzzzzzzzzzzzzzzzzzz',
    'session_01K0000000000000000000000I',
    'SESSION_01k00000000000000000000000',
    'session_01K00000000000000000000000',
    'login_01k00000000000000000000000',
    '_',
    'session_',
  ),
  6,
)

const anyId = fc.oneof(
  sessionId,
  loginId,
  fc.constantFrom(placeholders.ownUser, placeholders.otherUser),
  fc
    .string({ unit: fc.constantFrom(...'0123456789abcdefghjkmnpqrstvwxyz'), minLength: 26, maxLength: 26 })
    .map((text) => `user_${text}`),
)

const clientSessionId = odd(
  fc.oneof(
    fc.uuid(),
    fc.uuid().map((id) => id.toUpperCase()),
    fc.constantFrom(
      '00000000-0000-4000-8000-000000000001',
      '00000000-0000-0000-0000-000000000000',
      'ffffffff-ffff-ffff-ffff-ffffffffffff',
      '{00000000-0000-4000-8000-000000000001}',
      '00000000000040008000000000000001',
    ),
  ),
)

const cursor = odd(
  fc.oneof(
    fc.constantFrom(placeholders.ownCursor, placeholders.ownCursor, placeholders.otherCursor),
    fc.integer({ min: 0, max: 140 }).map((at) => `${placeholders.ownCursor}~${at}`),
    fc.constantFrom(`x${placeholders.ownCursor}`, `${placeholders.ownCursor}=`, `${placeholders.ownCursor}A`),
  ),
)

const name = odd(
  fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 30 }),
    fc.constantFrom(
      'Robin',
      "O'Brien",
      '  Kim  ',
      'é'.repeat(255),
      'e\u0301'.repeat(255),
      'x'.repeat(256),
      '   ',
    ),
  ),
  2,
)

/** Values for the places of inputs, by the name of the field, some also by that of the input; what is not named here gets any text. */
export const fieldValues = {
  email,
  password,
  id: anyId,
  ids: fc.oneof(
    { weight: 6, arbitrary: fc.array(anyId, { maxLength: 5 }) },
    { weight: 1, arbitrary: anyId.map((id) => Array.from({ length: 101 }, () => id)) },
    { weight: 1, arbitrary: anyId.map((id) => Array.from({ length: 100 }, () => id)) },
  ),
  sessionId,
  clientSessionId,
  clientKeyId: clientSessionId,
  timeZone: odd(fc.oneof(fc.constantFrom(...KNOWN_ZONES), oddZone), 5),
  currentPassword,
  newPassword,
  loginId,
  newEmail: odd(
    fc.oneof(
      { weight: 4, arbitrary: fc.constant(placeholders.wishedEmail) },
      { weight: 1, arbitrary: email },
    ),
    6,
  ),
  provider: odd(fc.constantFrom('example', 'example', 'example', 'google'), 5),
  providerAccountId: odd(fc.constantFrom(placeholders.ownAccount, placeholders.otherEmail), 5),
  'RevokeApiKeyInput.id': odd(
    fc.constantFrom(placeholders.ownKey, placeholders.ownKey, placeholders.ownLogin, placeholders.ownUser),
    4,
  ),
  'CompleteSignUpInput.token': tokenOf(placeholders.signUpToken),
  'ResetPasswordInput.token': tokenOf(placeholders.resetToken),
  'ConfirmEmailChangeInput.token': fc.oneof(
    { weight: 3, arbitrary: tokenOf(placeholders.emailChangeToken) },
    { weight: 1, arbitrary: fc.constant(placeholders.othersEmailChangeToken) },
  ),
  'ReportNotMeInput.token': tokenOf(placeholders.notMeToken),
  deviceToken: odd(fc.constantFrom(placeholders.ownDevice, `${placeholders.ownDevice}~70`)),
  name,
  after: cursor,
  before: cursor,
} satisfies Record<string, fc.Arbitrary<unknown>>
