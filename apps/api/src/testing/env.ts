/**
 * What a test run may be told: `PROPERTY_RUNS=5000 PROPERTY_SEED=42` repeats and deepens the property tests. The seed is
 * fixed unless told, so that a change fails for what it did and not by chance.
 *
 * The servers that the tests of the API use may be given, as `npm run verify:servers` does; else each is started.
 * Databases are made and dropped in the given PostgreSQL, and the given Redis is emptied.
 */
export const testEnv = {
  /** Unless told, as many as a property says that it has time for. */
  propertyRuns: (unlessTold: number) => Number(process.env['PROPERTY_RUNS'] ?? unlessTold),
  propertySeed: Number(process.env['PROPERTY_SEED'] ?? 11),
  /** PostgreSQL itself. */
  databaseUrl: process.env['TEST_DATABASE_URL'],
  /** A pooler in front of every database of it. */
  databasePoolerUrl: process.env['TEST_DATABASE_POOLER_URL'],
  /** As REDIS_URL; for test files one at a time. */
  redisUrl: process.env['TEST_REDIS_URL'],
}
