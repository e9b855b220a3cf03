const NAMES: Record<string, string> = { sh: 'Shell', graphql: 'Operation', text: 'Output' }
const WITH: Record<string, string> = {
  'as=nobody': 'without a credential',
  'as=login': 'with a login’s token',
  'as=reader': 'with a key that has SESSIONS_READ alone',
}

/** What an example is, in words; its fence says so in a few letters, for a reader of the file and for its test. */
export function labelExample(fence: string): string {
  const [language = '', ...words] = fence.split(/\s+/)
  const [first = ''] = words
  if (language === 'js' || language === 'ts') return first
  if (language === 'json') {
    if (first === 'variables') return 'Variables'
    return first === '' ? 'Answer' : `Answer, HTTP ${first}`
  }
  const name = NAMES[language]
  if (name === undefined) throw new Error(`No example is written in ${language}`)
  const more = words.map((word) => WITH[word] ?? word.replace(/^idempotency-key:/, 'with Idempotency-Key: '))
  return [name, ...more].join(', ')
}
