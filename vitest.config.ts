import { defaultServerConditions } from 'vite'
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config'

// Tests run on the sources of the workspace's packages, never on what was built of them.
const conditions = ['source', ...defaultServerConditions]

/**
 * Several files at once, each in a process of its own: much of a test's time is spent waiting for servers. Vitest's own
 * choice for two processors would be one.
 */
const WORKERS = 3

function project(name: string, test: TestProjectInlineConfiguration['test']): TestProjectInlineConfiguration {
  return {
    resolve: { conditions },
    ssr: { resolve: { conditions, externalConditions: ['source'] } },
    test: {
      name,
      pool: 'forks',
      execArgv: ['--conditions=source'],
      testTimeout: 20_000,
      hookTimeout: 60_000,
      expect: { poll: { timeout: 10_000 } },
      ...test,
    },
  }
}

export default defineConfig({
  test: {
    maxWorkers: WORKERS,
    projects: [
      project('packages', { include: ['packages/*/src/**/*.test.ts'] }),
      'apps/api',
      project('web', { include: ['apps/web/{app,server,partner-pages}/**/*.test.{ts,tsx}'] }),
      // These start whole products: after the others, so that none of them misses a deadline for lack of a processor.
      project('scripts', {
        include: ['scripts/**/*.test.ts'],
        testTimeout: 120_000,
        hookTimeout: 120_000,
        fileParallelism: false,
        sequence: { groupOrder: 1 },
      }),
      project('e2e', {
        include: ['apps/web/e2e/**/*.test.ts'],
        globalSetup: 'apps/web/e2e/globalSetup.ts',
        testTimeout: 60_000,
        hookTimeout: 120_000,
        sequence: { groupOrder: 2 },
      }),
    ],
  },
})
