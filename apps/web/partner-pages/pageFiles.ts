/** The pages in the order of their menu, each with the file that it is made of, from the repository's root. */
export const pageFiles: readonly { slug: string; name: string; file: string }[] = [
  { slug: '', name: 'Overview', file: 'docs/partners/README.md' },
  { slug: 'quick-start', name: 'Quick start', file: 'docs/partners/quick-start.md' },
  { slug: 'authentication', name: 'Keys and scopes', file: 'docs/partners/authentication.md' },
  { slug: 'sessions', name: 'Sessions', file: 'docs/partners/sessions.md' },
  { slug: 'paging', name: 'Paging', file: 'docs/partners/paging.md' },
  { slug: 'errors', name: 'Errors', file: 'docs/partners/errors.md' },
  { slug: 'limits', name: 'Limits', file: 'docs/partners/limits.md' },
  { slug: 'idempotency', name: 'Sending again', file: 'docs/partners/idempotency.md' },
  { slug: 'accounts', name: 'Accounts', file: 'docs/partners/accounts.md' },
  { slug: 'client', name: 'The client', file: 'packages/api-client/README.md' },
  { slug: 'changes', name: 'Changes', file: 'docs/partners/changes.md' },
  { slug: 'changelog', name: 'Changelog', file: 'docs/partners/changelog.md' },
]
