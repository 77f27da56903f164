import type { App } from './apps.ts';

/** A way to watch an app, or not to. */
export interface Variant {
  readonly name: string;
  /** For people. */
  readonly title: string;
  /** What it adds to the app's packages. */
  readonly dependencies: Record<string, string>;
  /** As in package.json. */
  readonly overrides?: Record<string, string>;
  /** Packages of this checkout that it adds, by folder name in `packages/`. */
  readonly ownPackages: readonly string[];
  /** The arguments of Node that start it, as its own documentation says. */
  nodeArguments(app: App): string[];
  /** Further variables of the server. */
  environment(app: App): Record<string, string>;
}

/** No telemetry at all; what the others are compared with. */
export const bare: Variant = {
  name: 'bare',
  title: 'bare',
  dependencies: {},
  ownPackages: [],
  nodeArguments: () => [],
  environment: () => ({}),
};

const ours: Variant = {
  name: 'ours',
  title: 'ours',
  dependencies: { '@opentelemetry/api': '1.10.0' },
  ownPackages: ['core', 'nestjs'],
  nodeArguments: (app) => (app.usesOtelModule ? [] : ['--import', '@org/otel-core/register']),
  environment: (app): Record<string, string> =>
    app.usesOtelModule ? { BENCH_OTEL_MODULE: '@org/otel-nestjs' } : {},
};

const register = '@opentelemetry/auto-instrumentations-node/register';
// ESM needs the loader hook as well; without it the official packages see no Express and no Nest.
const hook =
  'data:text/javascript,import { register } from "node:module";' +
  'import { pathToFileURL } from "node:url";' +
  'register("@opentelemetry/instrumentation/hook.mjs", pathToFileURL("./"));';

const official: Variant = {
  name: 'official',
  title: 'auto-instrumentations-node 0.82.0',
  dependencies: {
    '@opentelemetry/api': '1.10.0',
    '@opentelemetry/auto-instrumentations-node': '0.82.0',
    '@opentelemetry/core': '3.0.0',
    '@opentelemetry/instrumentation': '0.300.0',
    '@opentelemetry/resources': '3.0.0',
  },
  // 0.82.0 belongs to SDK 3.0: a newer resources package would bring a second core
  overrides: { '@opentelemetry/core': '3.0.0', '@opentelemetry/resources': '3.0.0' },
  ownPackages: [],
  nodeArguments: (app) =>
    app.moduleFormat === 'cjs' ? ['--require', register] : ['--import', hook, '--import', register],
  environment: () => ({}),
};

/** All variants, the one they are compared with first. */
export const variants: readonly Variant[] = [bare, ours, official];
