import fc from 'fast-check'
import { encodeText } from './encodeText.ts'
import { hostileText } from './hostileText.ts'
import { placeholders } from './placeholders.ts'

const signedIn = `login=${placeholders.ownToken}`

/** Cookie headers: the right one, and everything that a cookie can be besides. */
export const oddCookie = fc.oneof(
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
    .map((kept) => `${signedIn}; kept-forms=${encodeText(JSON.stringify(kept))}`),
  hostileText.map((value) => `${signedIn}; sent-to=${encodeText(value.slice(0, 900))}`),
  fc.string({
    unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code)),
    maxLength: 80,
  }),
)
