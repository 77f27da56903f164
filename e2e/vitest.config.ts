import { defineConfig } from 'vitest/config';
import { testConfig } from '../vitest.base.ts';

// One file at a time: a story is several processes, and machines have two cores.
export default defineConfig({
  ...testConfig,
  test: {
    include: ['**/*.test.ts'],
    globalSetup: './support/build-once.ts',
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 300_000,
  },
});
