import { defineConfig } from 'vitest/config';

/** Tests run on the packages' sources: no `dist` is needed, and none can be stale. */
export const testConfig = defineConfig({
  ssr: { resolve: { conditions: ['@org/source', 'module', 'node'] } },
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    env: { OTEL_BSP_SCHEDULE_DELAY: '100' }, // a span that ends just after a flush is not waited for long
  },
});
