/** Tests, and what only they use, may look anywhere below their app. */
const TESTS = '[.]test[.]tsx?$|/src/testing/|/e2e/'

/** A module imports those before it; a higher one adds fields to a lower type by a resolver of its own. */
const MODULES = ['identity', 'sessions', 'user-data']

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      comment: 'Whoever reads one file of a circle has to read all of them; types count.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'resolvable',
      comment: 'An import that leads nowhere escapes every other rule here.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'apps-are-apart',
      comment: 'Apps meet over HTTP.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'packages-know-no-app',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: '^(apps|scripts)/' },
    },
    {
      name: 'apps-know-no-scripts',
      severity: 'error',
      from: { path: '^apps/', pathNot: TESTS },
      to: { path: '^scripts/' },
    },
    {
      name: 'scripts-know-no-app',
      comment: 'Scripts start the apps as processes, as everybody else does.',
      severity: 'error',
      from: { path: '^scripts/' },
      to: { path: '^apps/' },
    },
    {
      name: 'sources-only',
      comment: 'What was built may be older than its source. The web server loads its pages from the build.',
      severity: 'error',
      from: { pathNot: '^apps/web/server/' },
      to: { path: '^(apps|packages)/[^/]+/(dist|build)/' },
    },
    {
      name: 'tests-stay-outside',
      comment:
        'What runs in production imports nothing that is for tests or for starting the product locally.',
      severity: 'error',
      from: { path: '^(apps|packages)/', pathNot: `${TESTS}|^packages/embedded/` },
      to: { path: `${TESTS}|^packages/embedded/` },
    },
    {
      name: 'shared-facts-do-nothing',
      comment: 'packages/domain is for both sides, and one of them is a browser.',
      severity: 'error',
      from: { path: '^packages/domain/', pathNot: TESTS },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'platform-knows-no-feature',
      severity: 'error',
      from: { path: '^apps/api/src/platform/', pathNot: TESTS },
      to: { path: '^apps/api/src/', pathNot: '^apps/api/src/platform/' },
    },
    {
      name: 'modules-have-an-order',
      comment: 'A new module has to be given its place in the list above.',
      severity: 'error',
      from: { path: `^apps/api/src/modules/(?!(${MODULES.join('|')})/)` },
      to: {},
    },
    ...MODULES.slice(0, -1).map((module, place) => ({
      name: `${module}-looks-down`,
      severity: 'error',
      from: { path: `^apps/api/src/modules/${module}/`, pathNot: TESTS },
      to: { path: `^apps/api/src/modules/(${MODULES.slice(place + 1).join('|')})/` },
    })),
    {
      name: 'modules-are-composed-from-above',
      comment: 'app.ts and its like build modules; a module that imported them would reach every other one.',
      severity: 'error',
      from: { path: '^apps/api/src/modules/', pathNot: TESTS },
      to: { path: '^apps/api/src/[^/]+[.]ts$' },
    },
    {
      name: 'ui-knows-no-data',
      severity: 'error',
      from: { path: '^apps/web/app/ui/', pathNot: TESTS },
      to: {
        path: '[.]server(/|[.])|^packages/api-client/|^apps/web/app/(routes|features)/|^apps/web/server/',
      },
    },
    {
      name: 'web-has-no-database',
      comment:
        'The web app reaches the API through packages/api-client, and nothing else. The explorer reads documents of others.',
      severity: 'error',
      from: { path: '^apps/web/', pathNot: `${TESTS}|^apps/web/app/routes/explorer/` },
      to: { path: '^node_modules/(@mikro-orm|pg|ioredis|graphile-worker|@?graphql|@apollo|nodemailer)(/|-)' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules|^(apps|packages)/[^/]+/(dist|build)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'types', 'import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.css'],
    },
  },
}
