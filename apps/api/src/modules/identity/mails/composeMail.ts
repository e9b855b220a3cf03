import type { Mail } from '../../../platform/mail/mail.ts'

type Part = string | { url: string }

/** A mail of paragraphs, as text and as HTML. Each address stands alone on its line, so that no program breaks it. */
export function composeMail(to: string, subject: string, parts: Part[]): Mail {
  const text = `${parts.map((part) => (typeof part === 'string' ? part : part.url)).join('\n\n')}\n`
  const paragraphs = parts.map((part) =>
    typeof part === 'string'
      ? `<p>${escapeHtml(part)}</p>`
      : `<p><a href="${escapeHtml(part.url)}">${escapeHtml(part.url)}</a></p>`,
  )
  const html = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head>
<body style="font-family: sans-serif; line-height: 1.5; max-width: 36em">
${paragraphs.join('\n')}
</body>
</html>
`
  return { to, subject, text, html }
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
