import { resolve } from 'node:path'
import { ESLint } from 'eslint'
import tseslint from 'typescript-eslint'
import { expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '..')
const WAYS = [
  'export const a = process.env.PATH',
  "export const b = process['env']",
  'export const c = globalThis.process.env',
  'export const { env: d } = process',
  "import { env } from 'node:process'\nexport const e = env",
  "import p from 'process'\nexport const f = p",
]

test.each(['apps/api/src/app.ts', 'scripts/build.ts', 'apps/api/src/env.test.ts'])(
  'the environment is read in env.ts files alone: not in %s, however it is written',
  async (file) => {
    // The rules that need types would read the whole project first.
    const eslint = new ESLint({ cwd: root, overrideConfig: tseslint.configs.disableTypeChecked })
    const complaints = await Promise.all(
      WAYS.map(async (text) => {
        const [result] = await eslint.lintText(text, { filePath: resolve(root, file) })
        return result?.messages.map(({ message }) => message)
      }),
    )
    expect(complaints).toEqual(WAYS.map(() => ['Only env.ts files read the environment.']))
  },
)
