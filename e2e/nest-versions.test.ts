import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { cachedNpmProject } from '../tools/cache.ts';
import { runCommand } from '../tools/run-command.ts';

/** The tests of `@org/otel-nestjs` run on NestJS 12; here they run on the versions before. */
const versions = [
  { major: 10, nest: '10.4.22', fastify: '10.4.22', testing: '10.4.22' },
  { major: 11, nest: '11.2.10', fastify: '11.2.8', testing: '11.2.6' },
];

const isFull = process.env['OTEL_TEST_FULL'] === '1';

/** All of them, or those of routes and errors. */
const files = isFull ? [] : ['test/routes.test.ts', 'test/controller.span.test.ts'];

/** NestJS 10 has no option `instrument`: what the other tests of it say holds without it. */
const leftOut = ['--exclude=test/enhancer.spans.test.ts'];

const config = fileURLToPath(new URL('nest-versions/vitest.config.ts', import.meta.url));

describe.each(versions)('NestJS $major', ({ major, nest, fastify, testing }) => {
  it('passes the tests of the package', { timeout: 600_000 }, async () => {
    const project = await cachedNpmProject({
      name: `nest-${major}-tested`,
      dependencies: {
        '@nestjs/common': nest,
        '@nestjs/core': nest,
        '@nestjs/platform-express': nest,
        '@nestjs/platform-fastify': fastify,
        '@nestjs/testing': testing,
        'reflect-metadata': '0.2.2',
        rxjs: '7.8.2',
      },
    });
    const args = ['run', `--config=${config}`, ...(major === 10 ? leftOut : []), ...files];
    const { code, output } = await runCommand('vitest', args, {
      env: { OTEL_TEST_NEST_PROJECT: project },
      timeout: 600_000,
    });
    expect(code, output).toBe(0);
  });
});
