import { createRequire } from 'node:module'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: {
    conditions: ['source'],
    // graphql refuses two copies of itself, and Vite would take its .mjs files while type-graphql takes the .js ones.
    alias: [{ find: /^graphql$/, replacement: createRequire(import.meta.url).resolve('graphql') }],
  },
  ssr: { resolve: { conditions: ['source'], externalConditions: ['source'] } },
  test: {
    name: 'api',
    root: import.meta.dirname,
    include: ['src/**/*.test.ts'],
    globalSetup: ['src/testing/globalSetup.ts'],
    // As the other tests of the workspace, with which they share the workers.
    maxWorkers: 3,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // On a busy machine a second, as Vitest has it, is over before a lock is waited for.
    expect: { poll: { timeout: 10_000 } },
  },
})
