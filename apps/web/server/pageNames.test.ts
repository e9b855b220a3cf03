import { expect, test } from 'vitest'
import { PageNames } from './pageNames.ts'

const names = new PageNames({
  root: { path: '' },
  home: { parentId: 'root' },
  today: { parentId: 'root', path: 'today' },
  beat: { parentId: 'root', path: 'session/beat' },
  over: { parentId: 'root', path: 'session/:sessionId' },
  settings: { parentId: 'root', path: 'settings' },
  profile: { parentId: 'settings', path: 'profile' },
  rest: { parentId: 'root', path: '*' },
})

/** Attack: addresses that were never seen before, each of which would be counted by itself for ever. */
test.each([
  ['/', '/'],
  ['/_root.data', '/'],
  ['/?index', '/'],
  ['/today', '/today'],
  ['/today/', '/today'],
  ['/today.data?_routes=x', '/today'],
  ['/session/beat', '/session/beat'],
  ['/session/session_01h455', '/session/:sessionId'],
  ['/settings/profile', '/settings/profile'],
  ['/today/more', 'unknown page'],
  ['/made-up-by-a-stranger', 'unknown page'],
  ['/made-up-by-a-stranger.data', 'unknown page'],
  ['/*', 'unknown page'],
  ['/assets/made-up.css', 'file'],
  ['/anna@example.com', 'file'],
  ['//today', 'unknown page'],
])('%s is counted as %s', (url, name) => {
  expect(names.nameOf(url)).toBe(name)
})

test('a page is made up of its own route, those around it, and the one for addresses that do not exist', () => {
  const routeIds = new Map(names.routeIds())
  expect(routeIds.get('/settings/profile')).toEqual(new Set(['root', 'settings', 'profile', 'rest']))
  expect(routeIds.get('/')).toEqual(new Set(['root', 'home', 'rest']))
  expect(routeIds.has('/*')).toBe(false)
})
