/** How often a property is tried: 100,000 times with OTEL_TEST_FULL=1, else 1,000. */
export const propertyRuns = process.env['OTEL_TEST_FULL'] === '1' ? 100_000 : 1000;
