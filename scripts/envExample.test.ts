import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '..')
const example = readFileSync(join(root, '.env.example'), 'utf8')
const shown = [...example.matchAll(/^#?([A-Z][A-Z_]*)=(.*)$/gm)].map(([, name = '', value = '']) => ({
  name,
  value,
}))

/** The fields of the schemas; the apps themselves are not for scripts to import. */
function declaredVariables(): string[] {
  const files = ['apps/api/src/env.ts', 'apps/web/server/env.ts', 'scripts/readSettings.ts']
  const texts = files.map((file) => readFileSync(join(root, file), 'utf8'))
  // Who the demo user is, npm start alone decides.
  return [
    ...new Set(
      texts.flatMap((text) => [...text.matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map(([, name = '']) => name)),
    ),
  ].filter((name) => !name.startsWith('DEMO_'))
}

test('every variable of the product is explained in .env.example, and no other', () => {
  expect(declaredVariables().length).toBeGreaterThan(15)
  expect(shown.map(({ name }) => name).sort()).toEqual(declaredVariables().sort())
})

/** Attack: somebody goes public with the secret that everybody can read in the repository. */
test('secrets of the example are such as production refuses', () => {
  for (const { name, value } of shown.filter(({ name }) =>
    /SECRET|^DATABASE_URL|^REDIS_URL|^SMTP_URL/.test(name),
  )) {
    expect(value, name).toContain('example-secret')
  }
})
