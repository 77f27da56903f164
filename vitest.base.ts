import { defineConfig } from 'vitest/config';

/** Tests run on the packages' sources: no `dist` is needed, and none can be stale. */
export const testConfig = defineConfig({
  ssr: { resolve: { conditions: ['@org/source', 'module', 'node'] } },
  test: { include: ['src/**/*.test.ts', 'test/**/*.test.ts'], testTimeout: 30_000, hookTimeout: 60_000 },
});
