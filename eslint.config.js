import { globSync } from 'node:fs'
import tseslint from 'typescript-eslint'

/** Every way to write it: process.env, process['env'], globalThis.process.env, const { env } = process, and by import. */
const environment = [
  "MemberExpression[object.name='process']:matches([property.name='env'], [property.value='env'])",
  "MemberExpression[object.property.name='process'][property.name='env']",
  "VariableDeclarator[init.name='process'] > ObjectPattern > Property[key.name='env']",
  'ImportDeclaration[source.value=/^(node:)?process$/]',
].map((selector) => ({ selector, message: 'Only env.ts files read the environment.' }))
const consoleOutput = {
  selector: "CallExpression[callee.object.name='console'][callee.property.name!='error']",
  message: 'A process logs with its logger, one JSON line a record.',
}
const barrels = [
  { selector: 'ExportAllDeclaration', message: 'No barrels: import from the file itself.' },
  { selector: 'ExportNamedDeclaration[source]', message: 'No barrels: import from the file itself.' },
]

// Remix answers a request with what a loader throws.
const thrownAnswers = [
  { from: 'lib', name: 'Response' },
  { from: 'package', name: 'TypedResponse', package: '@remix-run/server-runtime' },
  { from: 'package', name: 'DataWithResponseInit', package: '@remix-run/router' },
]

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/build/**',
      '**/node_modules/**',
      '**/.data/**',
      '**/.cache/**',
      '**/coverage/**',
      'packages/api-client/src/generated/**',
    ],
  },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.base],
    languageOptions: {
      parserOptions: {
        project: globSync(['{apps,packages}/*/{,e2e/}tsconfig.json', 'scripts/tsconfig.json'], {
          cwd: import.meta.dirname,
        }),
        tsconfigRootDir: import.meta.dirname,
      },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/ban-ts-comment': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-for-in-array': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-unsafe-argument': 'error',
      '@typescript-eslint/no-unsafe-assignment': 'error',
      '@typescript-eslint/no-unsafe-call': 'error',
      '@typescript-eslint/no-unsafe-member-access': 'error',
      '@typescript-eslint/no-unsafe-return': 'error',
      '@typescript-eslint/only-throw-error': ['error', { allow: thrownAnswers }],
      '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-restricted-syntax': ['error', ...environment, consoleOutput, ...barrels],
    },
  },
  {
    files: ['**/env.ts'],
    rules: { 'no-restricted-syntax': ['error', consoleOutput, ...barrels] },
  },
  {
    // Answers that came over the wire, and what the runner offers for comparison, have no types of their own.
    files: ['**/*.test.{ts,tsx}'],
    rules: {
      'no-restricted-syntax': ['error', ...environment, ...barrels],
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
    },
  },
  {
    // Scripts speak to the person who runs them.
    files: ['scripts/**/*.ts'],
    ignores: ['scripts/env.ts'],
    rules: { 'no-restricted-syntax': ['error', ...environment, ...barrels] },
  },
)
