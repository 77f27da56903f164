import { cachedNpmProject } from '../../tools/cache.ts';
import type { Place } from './cells/cell.ts';

/** One row of the matrix: an application of `e2e/fixtures/matrix/app` and what npm installs for it. */
export interface Framework {
  readonly title: string;
  /** The file of the application, without extension, by the place of `init()` where that matters. */
  readonly app: string | ((place: Place) => string);
  /** Exact versions, beside what every row has. */
  readonly dependencies: Record<string, string>;
  readonly overrides?: Record<string, string>;
  /** What is in the tree, beside the server span and the client span. */
  readonly tree: 'routes' | 'routes and controllers' | 'no route below mounts';
}

const express4 = { express: '4.22.3' };
const express52 = {
  dependencies: { express: '5.2.1' },
  overrides: { router: '2.2.0' },
};
const fastify4 = { fastify: '4.29.1' };

function nest(
  title: string,
  platform: 'express' | 'fastify',
  dependencies: Framework['dependencies'],
) {
  const rest = { rxjs: '7.8.2', 'reflect-metadata': '0.2.2' };
  return {
    title,
    app: `nest-${platform}`,
    dependencies: { ...dependencies, ...rest },
    tree: 'routes and controllers',
  } as const;
}

const nest10 = {
  '@nestjs/common': '10.4.22',
  '@nestjs/core': '10.4.22',
  '@nestjs/platform-express': '10.4.22',
  '@nestjs/platform-fastify': '10.4.22',
};
const nest11 = {
  '@nestjs/common': '11.2.10',
  '@nestjs/core': '11.2.10',
  '@nestjs/platform-express': '11.2.10',
  '@nestjs/platform-fastify': '11.2.8',
};
const nest12 = {
  '@nestjs/common': '12.5.1',
  '@nestjs/core': '12.5.1',
  '@nestjs/platform-express': '12.5.1',
  '@nestjs/platform-fastify': '12.5.0',
};

/** The rows, in the order they are shown. */
export const frameworks: Record<string, Framework> = {
  'node-http': {
    title: 'node:http with `setRoute()`',
    app: 'node-http',
    dependencies: {},
    tree: 'routes',
  },
  'express-4': {
    title: 'Express 4, `init()` alone',
    app: 'express',
    dependencies: express4,
    tree: 'no route below mounts',
  },
  'express-4-instrumented': {
    title: 'Express 4, `instrumentExpress(app)`',
    app: 'express-instrumented',
    dependencies: express4,
    tree: 'routes',
  },
  'express-5.0': {
    title: 'Express 5.0 installed today (router 2.3)',
    app: 'express',
    dependencies: { express: '5.0.1' },
    tree: 'routes',
  },
  'express-5.2-router-2.2': {
    title: 'Express 5.2 with router 2.2, `init()` alone',
    app: 'express',
    ...express52,
    tree: 'no route below mounts',
  },
  'express-5.2-router-2.2-instrumented': {
    title: 'Express 5.2 with router 2.2, `instrumentExpress(app)`',
    app: 'express-instrumented',
    ...express52,
    tree: 'routes',
  },
  'express-5.3': {
    title: 'Express 5.3',
    app: 'express',
    dependencies: { express: '5.3.0' },
    tree: 'routes',
  },
  'fastify-4': {
    title: 'Fastify 4; made before `init()`: `instrumentFastify(app)`',
    app: (place) => (isLate(place) ? 'fastify-instrumented' : 'fastify'),
    dependencies: fastify4,
    tree: 'routes',
  },
  'fastify-5': {
    title: 'Fastify 5',
    app: 'fastify',
    dependencies: { fastify: '5.12.8' },
    tree: 'routes',
  },
  'nest-10-express': nest('NestJS 10 on Express 4', 'express', nest10),
  'nest-10-fastify': nest('NestJS 10 on Fastify 4', 'fastify', nest10),
  'nest-11-express': nest('NestJS 11 on Express 5', 'express', nest11),
  'nest-11-fastify': nest('NestJS 11 on Fastify 5', 'fastify', nest11),
  'nest-12-express': nest('NestJS 12 on Express 5', 'express', nest12),
  'nest-12-fastify': nest('NestJS 12 on Fastify 5', 'fastify', nest12),
};

function isLate(place: Place): boolean {
  return place === 'after' || place === 'after-listen';
}

/** The folder of an npm project with the framework, tsx and the API; shared, so write nothing into it. */
export async function installLibraries({ dependencies, overrides }: Framework): Promise<string> {
  const [main = 'node'] = Object.keys(dependencies);
  return cachedNpmProject({
    name: `matrix-${main}`,
    dependencies: { ...dependencies, '@opentelemetry/api': '1.10.0', tsx: '4.23.15' },
    ...(overrides && { overrides }),
  });
}
