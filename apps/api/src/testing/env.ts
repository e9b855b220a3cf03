/**
 * What a test run may be told: `PROPERTY_RUNS=5000 PROPERTY_SEED=42` repeats and deepens the property test. The seed is
 * fixed unless told, so that a change fails for what it did and not by chance.
 */
export const testEnv = {
  propertyRuns: Number(process.env['PROPERTY_RUNS'] ?? 150),
  propertySeed: Number(process.env['PROPERTY_SEED'] ?? 11),
}
