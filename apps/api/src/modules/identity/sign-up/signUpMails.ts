import type { Mail } from '../../../platform/mail/mail.ts'

const PRODUCT = 'Wellness & Sensory Connection Assistant'

/** What is written to somebody who asked to sign up. Each address stands alone on its line. */
export const signUpMails = {
  link({ to, url }: { to: string; url: string }): Mail {
    return compose(to, 'Finish signing up', [
      'Hello,',
      `you asked to sign up for the ${PRODUCT}. Open this page within one hour and choose a password there:`,
      { url },
      'The link works once. If it was not you who asked, do nothing: without the link, no account is made.',
    ])
  },

  accountExists({ to, signInUrl }: { to: string; signInUrl: string }): Mail {
    return compose(to, 'You already have an account', [
      'Hello,',
      `somebody, most likely you, asked to sign up for the ${PRODUCT} with this address. You already have an account here, so nothing was changed. This is where you sign in:`,
      { url: signInUrl },
      'If it was not you who asked, do nothing: nobody was told that you have an account.',
    ])
  },
}

type Part = string | { url: string }

function compose(to: string, subject: string, parts: Part[]): Mail {
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
