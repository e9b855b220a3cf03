import fc from 'fast-check'
import { fieldValues, KNOWN_ZONES } from './fieldValues.ts'
import { type FuzzRequest, fuzzRequest } from './fuzzRequest.ts'
import { hostileText } from './hostileText.ts'
import { clientHeaders, headerCases, pathCases, rawCases, tamperedBody } from './httpCases.ts'
import { marks } from './marks.ts'
import { placeholders } from './placeholders.ts'

type Header = readonly [name: string, value: string]
type Fields = readonly (readonly [name: string, value: string])[]

const FORM_TYPE: Header = ['content-type', 'application/x-www-form-urlencoded']
const ORIGIN: Header = ['origin', placeholders.webOrigin]

const text = (value: fc.Arbitrary<unknown>): fc.Arbitrary<string> => value.map(String)
const redirectTo = fc.oneof(
  fc.constantFrom(
    '/today',
    '//evil.example',
    '/\\evil',
    'https://evil.example',
    '/\t/evil.example',
    '/a?b=c#d',
    'javascript:alert(1)',
  ),
  hostileText,
)
const zone = fc.oneof(fc.constantFrom(...KNOWN_ZONES), text(fieldValues.timeZone))

const userId = fc.constantFrom(placeholders.ownUser, placeholders.otherUser, 'x'.repeat(65))

/** The forms of the web app, by address, with the fields that each one reads. */
const forms: Record<string, Record<string, fc.Arbitrary<string>>> = {
  '/sign-in': { email: text(fieldValues.email), password: text(fieldValues.password), redirectTo },
  '/sign-up': { email: text(fieldValues.email) },
  '/sign-up/complete?token=x': {
    token: text(fieldValues['CompleteSignUpInput.token']),
    password: text(fieldValues.password),
    name: text(fieldValues.name),
  },
  '/sign-out': {},
  '/reset-password': { email: text(fieldValues.email) },
  '/reset-password/complete': {
    token: text(fieldValues['ResetPasswordInput.token']),
    password: text(fieldValues.newPassword),
  },
  '/confirm-email': { token: text(fieldValues['ConfirmEmailChangeInput.token']) },
  '/security/not-me': { token: text(fieldValues['ReportNotMeInput.token']) },
  '/today': {
    intent: fc.constantFrom('start', 'start', 'replace', 'end', 'dismiss', 'START', '__proto__', ''),
    clientSessionId: text(fieldValues.clientSessionId),
    timeZone: zone,
    sessionId: text(fieldValues.sessionId),
  },
  '/session': {
    intent: fc.constantFrom('end', 'beat', 'beat', 'start', ''),
    sessionId: text(fieldValues.sessionId),
  },
  '/session/beat': { sessionId: text(fieldValues.sessionId) },
  '/settings/profile': {
    name: text(fieldValues.name),
    userId,
  },
  '/settings/password': {
    currentPassword: text(fieldValues.currentPassword),
    newPassword: text(fieldValues.newPassword),
  },
  '/settings/email': { newEmail: text(fieldValues.newEmail), userId },
  '/settings/devices': {
    intent: fc.constantFrom('one', 'one', 'others', 'all', 'ALL', ''),
    loginId: text(fieldValues.loginId),
    userId,
  },
  '/settings/data/delete': { email: text(fieldValues.email), userId },
  '/settings/data/export': { userId },
  '/settings/confirm': {
    password: text(fieldValues.currentPassword),
    // Nothing that would be done at once: what comes of it is looked at one act after the other.
    act: fc.oneof(
      fc.constantFrom(
        '',
        '{}',
        'null',
        `{"id":"kept-act","userId":"${placeholders.ownUser}","path":"/settings/data","values":{}}`,
        `{"id":"kept-act","userId":"${placeholders.otherUser}","path":"/settings/data","values":{}}`,
        `{"id":"kept-act","userId":"${placeholders.ownUser}","path":"__proto__","values":{}}`,
      ),
      hostileText.map((path) =>
        JSON.stringify({ id: 'kept-act', userId: placeholders.ownUser, path, values: { email: path } }).slice(
          0,
          5_000,
        ),
      ),
    ),
  },
}
const PAGES = [
  '/',
  '/sign-up',
  '/sign-up/sent',
  '/sign-up/complete',
  '/sign-in',
  '/reset-password',
  '/reset-password/sent',
  '/reset-password/complete',
  '/confirm-email',
  '/security/not-me',
  '/goodbye',
  '/sign-out',
  '/today',
  '/session',
  '/session/beat',
  '/history',
  '/settings',
  '/settings/profile',
  '/settings/password',
  '/settings/email',
  '/settings/devices',
  '/settings/activity',
  '/settings/data',
  '/settings/data/export',
  '/settings/data/delete',
  '/settings/confirm',
  '/support',
  '/privacy',
  '/terms',
  '/nothing',
]

const isPassword = (name: string): boolean => /password$/i.test(name)
const encoded = (value: string): string => encodeURIComponent(value.toWellFormed())
/** Addresses are logged, without their queries: what is sent in one is no secret of the product's. */
const inAddress = (id: string): string => id.replaceAll(marks.text, '').slice(0, 2_000)
const signedIn = `login=${placeholders.ownToken}`

/** Cookie headers: the right one, and everything that a cookie can be besides. */
const oddCookie = fc.oneof(
  fc.constantFrom(
    ...[
      '',
      'login',
      'login=',
      'login=;login=x',
      ';;;=;',
      `login=${placeholders.endedToken}`,
      `login="${placeholders.ownToken}"`,
      `login=${placeholders.ownToken}~7`,
    ],
    ...[
      'login=%E0%A4%A',
      'login=%0d%0aset-cookie:%20a=b',
      'login=%00',
      'login=%F0%9F%98%80',
      'login=%ff',
      'login=\xff\xfe',
      `login=${'A'.repeat(12_000)}`,
      'login=%20',
      'login=a%20b',
      'login=%C4%80',
    ],
    ...[
      `__Host-login=${placeholders.ownToken}`,
      `LOGIN=${placeholders.ownToken}`,
      `a=b;login=${placeholders.ownToken}`,
      `login=x; ${signedIn}`,
      `${signedIn}; login=x`,
    ],
    ...[
      `${signedIn}; refused=${'x'.repeat(12)}`,
      `${signedIn}; done=new-password`,
      `${signedIn}; undone=start:`,
      `${signedIn}; undone=end:${placeholders.ownLive}`,
      `${signedIn}; undone=%0aend:x`,
      `${signedIn}; dismissed-notice=${placeholders.ownOver}`,
    ],
    `${'a=b; '.repeat(2_000)}${signedIn}`,
    `${signedIn}; ${'x'.repeat(15_000)}=y`,
  ),
  fc
    .oneof(
      fc.constantFrom<unknown[]>(
        null,
        [],
        'x',
        { userId: placeholders.ownUser, path: '/settings/profile' },
        { userId: placeholders.ownUser, path: '/settings/profile', values: null },
        { userId: placeholders.ownUser, path: '/settings/profile', values: { name: { toString: 1 } } },
        { userId: placeholders.ownUser, path: '/settings/profile', values: { name: ['a'] } },
        { userId: placeholders.ownUser, path: '/settings/profile', values: { name: 12 } },
        { userId: placeholders.ownUser, path: '/settings/profile', values: { __proto__: { name: 'x' } } },
      ),
      hostileText.map((name) => ({
        userId: placeholders.ownUser,
        path: '/settings/profile',
        values: { name: name.slice(0, 900) },
      })),
    )
    .map((kept) => (kept instanceof Object && !Array.isArray(kept) ? [{ id: 'kept-act', ...kept }] : kept))
    .map((kept) => `${signedIn}; kept-forms=${encoded(JSON.stringify(kept))}`),
  hostileText.map((value) => `${signedIn}; sent-to=${encoded(value.slice(0, 900))}`),
  fc.string({
    unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code)),
    maxLength: 80,
  }),
)

const pageAddress = fc
  .tuple(
    fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...PAGES) },
      { weight: 1, arbitrary: text(fieldValues.id).map((id) => `/session/${encoded(inAddress(id))}`) },
    ),
    fc.constantFrom('', '', '', '.data', '/', '.DATA', '.data/'),
    fc.oneof(
      { weight: 3, arbitrary: fc.constant('') },
      {
        weight: 2,
        arbitrary: fc
          .tuple(
            fc.constantFrom(
              'after',
              'before',
              'token',
              'redirectTo',
              'kept',
              '_routes',
              'index',
              '_data',
              '__proto__',
            ),
            fc.oneof(text(fieldValues.after), redirectTo),
          )
          .map(([name, value]) => `?${name}=${encoded(value.slice(0, 1_500))}`),
      },
      {
        weight: 1,
        arbitrary: fc.constantFrom(
          '?index',
          '?_routes=',
          '?_routes=routes/today/route',
          '?after=&before=',
          '?token=a&token=b',
          '?after=%E0%A4%A',
          '?%',
          '?_data=root',
          '?kept=kept-act',
        ),
      },
    ),
  )
  .map(
    ([path, suffix, query]) =>
      (path === '/' && suffix.startsWith('.') ? `/_root${suffix}` : path + suffix) + query,
  )

const pages = fc
  .tuple(
    fc.constantFrom('GET', 'GET', 'GET', 'HEAD'),
    pageAddress,
    fc.oneof(fc.constant(signedIn), oddCookie, fc.constant(null)),
    clientHeaders,
  )
  .map(([method, path, cookie, client]) =>
    fuzzRequest({
      kind: 'page',
      target: 'web',
      method,
      path,
      headers: [...(cookie === null ? [] : [['cookie', cookie] as const]), ...client],
    }),
  )

const formOf = fc
  .constantFrom(...Object.keys(forms))
  .chain((path) =>
    fc
      .record(forms[path] ?? {})
      .map((fields): { path: string; fields: Fields } => ({ path, fields: Object.entries(fields) })),
  )

function post(kind: string, path: string, fields: Fields, headers: readonly Header[]): FuzzRequest {
  const body = fields.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join('&')
  return fuzzRequest({ kind, target: 'web', method: 'POST', path, headers, body })
}

/** A form as our own page sends it. */
const form = fc
  .tuple(formOf, fc.integer({ min: 0, max: 9 }), clientHeaders, fc.constantFrom('', '', '', '.data'))
  .map(([{ path, fields }, caller, client, suffix]) =>
    post('form', path.replace(/(?=\?|$)/, suffix), fields, [
      FORM_TYPE,
      ORIGIN,
      ...(caller > 0 ? [['cookie', signedIn] as const] : []),
      ...client,
    ]),
  )
const plainForm = formOf.map(({ path, fields }) =>
  post('form', path, fields, [FORM_TYPE, ORIGIN, ['cookie', signedIn]]),
)

const withOddCookie = fc
  .tuple(formOf, oddCookie, clientHeaders)
  .map(([{ path, fields }, cookie, client]) =>
    post('form, odd cookie', path, fields, [FORM_TYPE, ORIGIN, ['cookie', cookie], ...client]),
  )

const fromElsewhere = fc
  .tuple(
    formOf,
    fc.constantFrom<Header[][]>(
      [],
      [['origin', 'https://evil.example']],
      [['origin', 'null']],
      [
        ['origin', 'null'],
        ['sec-fetch-site', 'same-origin'],
      ],
      [
        ['origin', 'null'],
        ['sec-fetch-site', 'cross-site'],
      ],
      [ORIGIN, ['sec-fetch-site', 'same-site']],
      [ORIGIN, ['origin', 'https://evil.example']],
      [['origin', `${placeholders.webOrigin}.evil.example`]],
      [['sec-fetch-site', 'none']],
      [['sec-fetch-site', 'same-origin, cross-site']],
      [['referer', placeholders.webOrigin]],
    ),
  )
  .map(([{ path, fields }, headers]) =>
    post('form, from elsewhere', path, fields, [FORM_TYPE, ['cookie', signedIn], ...headers]),
  )

const oddFields = fc
  .tuple(
    formOf,
    fc.array(
      fc.tuple(
        fc.constantFrom('double', 'leave out', 'rename', 'add', 'nothing'),
        fc.nat(6),
        // Never a password's: what bears another name may be shown again.
        fc.oneof(
          fc.constantFrom(
            '__proto__',
            'constructor',
            'toString',
            'name[]',
            'name',
            'intent',
            'sessionId',
            '',
          ),
          hostileText.map((value) => value.slice(0, 200)),
        ),
        hostileText,
      ),
      { minLength: 1, maxLength: 3 },
    ),
  )
  .map(([{ path, fields }, changes]) => {
    const changed = [...fields]
    for (const [change, at, name, value] of changes) {
      const place = at % (changed.length + 1)
      const here = changed[place]
      if (change === 'double' && here)
        changed.push([here[0], isPassword(here[0]) ? `${marks.password}${value}` : value])
      else if (change === 'leave out') changed.splice(place, 1)
      else if (change === 'rename' && here && !isPassword(here[0])) changed[place] = [name, here[1]]
      else if (change === 'add') changed.push([name, value])
    }
    return post('form, odd fields', path, changed, [FORM_TYPE, ORIGIN, ['cookie', signedIn]])
  })

const asMultipart = fc
  .tuple(formOf, fc.constantFrom('x', 'y', ''), fc.boolean())
  .map(([{ path, fields }, boundary, isFile]) =>
    fuzzRequest({
      kind: 'form, multipart',
      target: 'web',
      method: 'POST',
      path,
      headers: [['content-type', `multipart/form-data; boundary=${boundary}`], ORIGIN, ['cookie', signedIn]],
      body: `${fields.map(([name, value]) => `--x\r\ncontent-disposition: form-data; name="${name}"${isFile ? '; filename="../a.png"\r\ncontent-type: image/png' : ''}\r\n\r\n${value}\r\n`).join('')}--x--\r\n`,
    }),
  )

const bodyless = fc
  .tuple(
    formOf,
    fc.constantFrom<Header[][]>([], [FORM_TYPE], [['content-type', '']], [['content-type', 'text/plain']]),
    fc.constantFrom('POST', 'PUT', 'DELETE', 'PATCH', 'GET'),
  )
  .map(([{ path }, headers, method]) =>
    fuzzRequest({
      kind: 'form, empty',
      target: 'web',
      method,
      path,
      headers: [...headers, ORIGIN, ['cookie', signedIn]],
    }),
  )

const strayPosts = fc.tuple(pageAddress, formOf).map(([path, { fields }]) =>
  post(
    'form, to another page',
    path,
    fields.filter(([name]) => !isPassword(name)),
    [FORM_TYPE, ORIGIN, ['cookie', signedIn]],
  ),
)

/** Everything that is sent to the web app. */
export function webRequests(): fc.Arbitrary<FuzzRequest> {
  return fc.oneof(
    { weight: 22, arbitrary: pages },
    { weight: 26, arbitrary: form },
    { weight: 7, arbitrary: withOddCookie },
    { weight: 6, arbitrary: fromElsewhere },
    { weight: 8, arbitrary: oddFields },
    { weight: 3, arbitrary: asMultipart },
    { weight: 3, arbitrary: bodyless },
    { weight: 4, arbitrary: strayPosts },
    { weight: 8, arbitrary: tamperedBody(plainForm) },
    { weight: 7, arbitrary: headerCases(fc.oneof(pages, plainForm)) },
    { weight: 6, arbitrary: pathCases('web', plainForm) },
    { weight: 3, arbitrary: rawCases('web', '/sign-in') },
  )
}
