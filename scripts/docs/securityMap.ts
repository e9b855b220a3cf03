import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A promise of docs/security.md: its id, and the requirements of OWASP ASVS 5.0 that it meets. */
interface Promised {
  id: string
  references: string
}

interface NamedTest {
  ids: string[]
  file: string
  title: string
}

const TEST_FILES = ['apps/*/{src,app,server,e2e}/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts']
const PROMISE = /^\| ([PSLKRA]\d+) +\|(.*)\|$/gm
const REFERENCES = /\[((?:\d+\.\d+\.\d+[–, ]*)+)\]/g
/** A test, a describe or the end of a `test.each([...])`, whose title begins with the ids of what it shows. */
const TITLE = /(?:\b(?:test|it|describe)|\])(?:\.\w+)?\)?\(\s*(['"`])((?:[PSLKRA]\d+(?:, )?)+): (.*?)\1/gs

/** Which tests show what docs/security.md promises, as docs/security/asvs.md holds it: drawn from the tests' own names. */
export function securityMap(root: string): string {
  const read = (path: string) => readFileSync(join(root, path), 'utf8')
  const tests = globSync(TEST_FILES, { cwd: root })
    .toSorted()
    .flatMap((file) => namedTests(file, read(file)))
  const rows = promises(read('docs/security.md')).map(({ id, references }) => {
    const shown = tests.filter(({ ids }) => ids.includes(id))
    const places = shown.map(({ file, title }) => `${title} ([${lastPart(file)}](../../${file}))`)
    return `| ${id} | ${references} | ${places.join('<br>')} |`
  })
  return `# Which test shows what

Each promise of [security.md](../security.md), what of OWASP ASVS 5.0 it meets, and the tests that show it. Drawn from the
names of the tests by \`npm run generate\`; the test run fails when it is out of date, and for a promise that no test names.

| id | ASVS 5.0 | shown by |
| --- | --- | --- |
${rows.join('\n')}
`
}

function promises(text: string): Promised[] {
  return [...text.matchAll(PROMISE)].map(([, id = '', told = '']) => ({
    id,
    references: [...told.matchAll(REFERENCES)].map(([, list]) => list).join(', '),
  }))
}

function namedTests(file: string, source: string): NamedTest[] {
  return [...source.matchAll(TITLE)].map(([, , ids = '', title = '']) => ({
    ids: ids.split(', '),
    file,
    title: title.replaceAll(/[\\|]/g, ''),
  }))
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
