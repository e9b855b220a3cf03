import fc from 'fast-check'
import { encodeText } from './encodeText.ts'
import { clientHeaders } from './clientHeaders.ts'
import { headerCases } from './headerCases.ts'
import { pathCases } from './pathCases.ts'
import { rawCases } from './rawCases.ts'
import { tamperedBody } from './tamperedBody.ts'
import { type FuzzRequest, fuzzRequest } from './fuzzRequest.ts'
import type { Header } from './header.ts'
import { hostileText } from './hostileText.ts'
import { marks } from './marks.ts'
import { oddCookie } from './oddCookie.ts'
import { pageAddress } from './pageAddress.ts'
import { placeholders } from './placeholders.ts'
import { type WebForm, webForm } from './webForm.ts'

const FORM_TYPE: Header = ['content-type', 'application/x-www-form-urlencoded']
const ORIGIN: Header = ['origin', placeholders.webOrigin]

const isPassword = (name: string): boolean => /password$/i.test(name)
const signedIn = `login=${placeholders.ownToken}`

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

function post(
  kind: string,
  path: string,
  fields: WebForm['fields'],
  headers: readonly Header[],
): FuzzRequest {
  const body = fields.map(([name, value]) => `${encodeText(name)}=${encodeText(value)}`).join('&')
  return fuzzRequest({ kind, target: 'web', method: 'POST', path, headers, body })
}

/** A form as our own page sends it. */
const form = fc
  .tuple(webForm, fc.integer({ min: 0, max: 9 }), clientHeaders, fc.constantFrom('', '', '', '.data'))
  .map(([{ path, fields }, caller, client, suffix]) =>
    post('form', path.replace(/(?=\?|$)/, suffix), fields, [
      FORM_TYPE,
      ORIGIN,
      ...(caller > 0 ? [['cookie', signedIn] as const] : []),
      ...client,
    ]),
  )
const plainForm = webForm.map(({ path, fields }) =>
  post('form', path, fields, [FORM_TYPE, ORIGIN, ['cookie', signedIn]]),
)

const withOddCookie = fc
  .tuple(webForm, oddCookie, clientHeaders)
  .map(([{ path, fields }, cookie, client]) =>
    post('form, odd cookie', path, fields, [FORM_TYPE, ORIGIN, ['cookie', cookie], ...client]),
  )

const fromElsewhere = fc
  .tuple(
    webForm,
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
    webForm,
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
  .tuple(webForm, fc.constantFrom('x', 'y', ''), fc.boolean())
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
    webForm,
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

const strayPosts = fc.tuple(pageAddress, webForm).map(([path, { fields }]) =>
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
