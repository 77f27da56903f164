/** A server under test; every variant runs the same text. */
export interface App {
  readonly name: string;
  /** For people. */
  readonly title: string;
  /** Its file in `servers/`. */
  readonly file: string;
  readonly moduleFormat: 'cjs' | 'esm';
  /** What it needs, exact. Apps with equal dependencies share an installation. */
  readonly dependencies: Record<string, string>;
  /** Whether the application imports `OtelModule`, as our README says for Nest, instead of `--import`. */
  readonly usesOtelModule: boolean;
  /** Which variants `--quick` measures: those that the targets name; none without. */
  readonly quick?: 'all' | 'ours';
}

// the newest that the peers' own instrumentations know
const redisClient = { ioredis: '5.8.2' };
const current = {
  ...redisClient,
  express: '5.3.0',
  fastify: '5.12.8',
  '@nestjs/common': '12.5.1',
  '@nestjs/core': '12.5.1',
  '@nestjs/platform-express': '12.5.1',
  'reflect-metadata': '0.2.2',
  rxjs: '7.8.2',
};
const nest11 = {
  ...redisClient,
  '@nestjs/common': '11.2.10',
  '@nestjs/core': '11.2.10',
  '@nestjs/platform-express': '11.2.10',
  'reflect-metadata': '0.2.2',
  rxjs: '7.8.2',
};

/** All apps, in the order of the table. */
export const apps: readonly App[] = [
  {
    name: 'node-http',
    title: 'node:http',
    file: 'node-http.cjs',
    moduleFormat: 'cjs',
    dependencies: current,
    usesOtelModule: false,
    quick: 'ours',
  },
  {
    name: 'express-5',
    title: 'Express 5.3',
    file: 'express-5.cjs',
    moduleFormat: 'cjs',
    dependencies: current,
    usesOtelModule: false,
    quick: 'all',
  },
  {
    name: 'fastify-5',
    title: 'Fastify 5',
    file: 'fastify-5.cjs',
    moduleFormat: 'cjs',
    dependencies: current,
    usesOtelModule: false,
  },
  {
    name: 'nest-12',
    title: 'NestJS 12 (ESM)',
    file: 'nest-12.mjs',
    moduleFormat: 'esm',
    dependencies: current,
    usesOtelModule: true,
    quick: 'all',
  },
  {
    name: 'nest-11',
    title: 'NestJS 11 (CJS)',
    file: 'nest-11.cjs',
    moduleFormat: 'cjs',
    dependencies: nest11,
    usesOtelModule: true,
  },
];
