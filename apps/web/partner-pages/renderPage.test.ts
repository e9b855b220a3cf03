import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { pageFiles } from './pageFiles.ts'
import { renderPage } from './renderPage.ts'

const FILE = 'docs/partners/limits.md'
const root = resolve(import.meta.dirname, '../../..')

function render(text: string): string {
  const { blocks } = renderPage(`# Title\n\n${text}\n`, FILE)
  return blocks.map((block) => (block.kind === 'markup' ? block.html : block.code)).join('')
}

/** Somebody has a text taken into the pages that is more than text, to have it run in what readers have open here. */
test.each([
  ['an element', 'Hello <img src=x onerror=alert(1)>'],
  ['a block of HTML', '<script>alert(1)</script>'],
  ['a comment', '<!-- x -->'],
  ['an image', '![x](https://evil.example/x.png)'],
  ['a link that runs', '[x](javascript:alert(1))'],
  ['a link that is data', '[x](data:text/html,x)'],
  ['a link to another site', '[x](https://evil.example/)'],
  ['a link to another site without its scheme', '[x](//evil.example/)'],
  ['an address that begins like ours', '[x](http://localhost:3000.evil.example/)'],
  ['our address before that of another site', '[x](http://localhost:3000//evil.example/)'],
  ['our address before another site with a backslash', '[x](http://localhost:3000/\\\\evil.example/)'],
  ['our address before another site with a tab', '[x](<http://localhost:3000/\t/evil.example/>)'],
  ['an address in the text', 'See https://evil.example/ for more.'],
  ['a link out of the pages', '[x](../../README.md)'],
  ['a link to a page that there is not', '[x](nothing.md)'],
  ['a second title', '# Another'],
  ['an example in an unknown language', '```html\n<b>\n```'],
  ['an example within a list', '- one\n\n  ```sh\n  x\n  ```'],
])('%s ends the build', (_what, text) => {
  expect(() => render(text)).toThrow()
})

test('what looks like markup in text, code and tables is shown as it was written', () => {
  expect(render('a & "b" < c')).toContain('a &amp; &quot;b&quot; &lt; c')
  expect(render('`<b>`')).toContain('<code>&lt;b&gt;</code>')
  expect(render('| `<b>` |\n| - |\n| `"` |')).not.toMatch(/<b>|="[^"]*"[^ >]/)
  expect(renderPage('# T\n\n```sh\necho "<b>"\n```', FILE).blocks).toEqual([
    { kind: 'code', label: 'Shell', code: 'echo "<b>"' },
  ])
})

test('links lead to the pages of the site, to parts of them, to its own addresses, and to files', () => {
  expect(render('[x](errors.md)')).toContain('<a href="/partners/errors">')
  expect(render('[x](README.md)')).toContain('<a href="/partners">')
  expect(render('[x](errors.md#in-a-program)')).toContain('<a href="/partners/errors#in-a-program">')
  expect(render('[x](../../packages/api-client/README.md)')).toContain('<a href="/partners/client">')
  expect(render('[x](http://localhost:3000/sign-up)')).toContain('<a href="/sign-up">')
  expect(render('[x](http://localhost:4000/schema.graphql)')).toContain(
    '<a href="http://localhost:4000/schema.graphql">',
  )
  expect(render('[x](schema/2026-11-23.graphql)')).toContain(
    '<a href="/partners/schema/2026-11-23.graphql" download>',
  )
})

test('an example says what it is', () => {
  const labelOf = (fence: string) => renderPage(`# T\n\n\`\`\`${fence}\nx\n\`\`\``, FILE).blocks[0]
  expect(labelOf('js practise.mjs')).toMatchObject({ label: 'practise.mjs' })
  expect(labelOf('json variables')).toMatchObject({ label: 'Variables' })
  expect(labelOf('json 403')).toMatchObject({ label: 'Answer, HTTP 403' })
  expect(labelOf('graphql idempotency-key:one as=login')).toMatchObject({
    label: 'Operation, with Idempotency-Key: one, with a login’s token',
  })
})

test('of every page each link to a part of a page leads to one that is there', () => {
  const pages = pageFiles.map(({ slug, file }) => {
    const { blocks } = renderPage(readFileSync(resolve(root, file), 'utf8'), file)
    const html = blocks.map((block) => (block.kind === 'markup' ? block.html : '')).join('')
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
    // Those of the frame around every page.
    expect(ids).not.toContain('main')
    return { path: slug === '' ? '/partners' : `/partners/${slug}`, html, ids }
  })
  const parts = new Set(pages.flatMap(({ path, ids }) => ids.map((id) => `${path}#${id}`)))
  const links = pages.flatMap(({ path, html }) =>
    [...html.matchAll(/href="([^"]*#[^"]+)"/g)].map(([, href = '']) =>
      href.startsWith('#') ? path + href : href,
    ),
  )
  expect(links.length).toBeGreaterThan(20)
  expect(links.filter((link) => !parts.has(link))).toEqual([])
})
