/** A page for what is refused before the app proper is asked: no script, no assets, one style of its own. */
export function plainPage(page: { title: string; text: string; nonce: string }): string {
  const { title, text, nonce } = page
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style nonce="${nonce}">
:root { color-scheme: light dark; --page: #fff5f7; --text: #2b2b2b; --link: #a62163 }
@media (prefers-color-scheme: dark) { :root { --page: #2b2b2b; --text: #fff5f7; --link: #f8c8dc } }
body { margin: 0; padding: 15vh 1.5rem; background: var(--page); color: var(--text); font: 1.0625rem/1.6 "Avenir Next", "Segoe UI", "Helvetica Neue", Arial, sans-serif }
main { max-width: 34rem; margin: 0 auto }
h1 { font-size: 1.75rem; line-height: 1.25 }
a { color: var(--link) }
</style>
</head>
<body><main><h1>${title}</h1><p>${text}</p><p><a href="/">Go to the start page</a></p></main></body>
</html>
`
}
