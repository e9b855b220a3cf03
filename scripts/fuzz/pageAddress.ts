import fc from 'fast-check'
import { encodeText } from './encodeText.ts'
import { fieldValues } from './fieldValues.ts'
import { marks } from './marks.ts'
import { redirectTarget } from './redirectTarget.ts'

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

const text = (value: fc.Arbitrary<unknown>): fc.Arbitrary<string> => value.map(String)
/** Addresses are logged, without their queries: what is sent in one is no secret of the product's. */
const inAddress = (id: string): string => id.replaceAll(marks.text, '').slice(0, 2_000)

/** A page of the web app, as it is asked for or nearly so. */
export const pageAddress = fc
  .tuple(
    fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...PAGES) },
      { weight: 1, arbitrary: text(fieldValues.id).map((id) => `/session/${encodeText(inAddress(id))}`) },
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
            fc.oneof(text(fieldValues.after), redirectTarget),
          )
          .map(([name, value]) => `?${name}=${encodeText(value.slice(0, 1_500))}`),
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
