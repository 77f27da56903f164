import { fileURLToPath } from 'node:url';
import { defineConfig, mergeConfig } from 'vitest/config';
import { testConfig } from '../../vitest.base.ts';

/** What comes from the npm project that is named, in place of what the repository has installed. */
const others = /^(@nestjs\/[\w-]+|rxjs|reflect-metadata)(?=\/|$)/;

const project = process.env['OTEL_TEST_NEST_PROJECT'];

export default mergeConfig(
  testConfig,
  defineConfig({
    root: fileURLToPath(new URL('../../packages/nestjs', import.meta.url)),
    resolve: { alias: [{ find: others, replacement: `${project}/node_modules/$1` }] },
  }),
);
