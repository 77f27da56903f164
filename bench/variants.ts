import type { App } from './apps.ts';
import { otlpEnvironment, type Target } from './otlp-environment.ts';

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
  /** Whether it also exports the spans of requests that are not sampled. */
  readonly exportsUnsampled?: boolean;
  /** The arguments of Node that start it, as its own documentation says. */
  nodeArguments(app: App): string[];
  /** Further variables of the server. */
  environment(app: App, target: Target): Record<string, string>;
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

/** This checkout. */
export const ours: Variant = {
  name: 'ours',
  title: 'ours',
  dependencies: { '@opentelemetry/api': '1.10.0' },
  ownPackages: ['core', 'nestjs'],
  nodeArguments: (app) => (app.usesOtelModule ? [] : ['--import', '@org/otel-core/register']),
  environment: (app, target) => ({
    ...otlpEnvironment(target),
    ...(app.usesOtelModule && { BENCH_OTEL_MODULE: '@org/otel-nestjs' }),
  }),
};

const register = '@opentelemetry/auto-instrumentations-node/register';
// ESM needs the loader hook as well; without it the official packages see no Express and no Nest.
const hook =
  'data:text/javascript,import { register } from "node:module";' +
  'import { pathToFileURL } from "node:url";' +
  'register("@opentelemetry/instrumentation/hook.mjs", pathToFileURL("./"));';

/** OpenTelemetry's own automatic instrumentation. */
export const official: Variant = {
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
  environment: (_app, target) => otlpEnvironment(target),
};

// without api 1.10 beside it: it delivers nothing then
const elastic: Variant = {
  name: 'elastic',
  title: 'Elastic 1.18.0',
  dependencies: { '@elastic/opentelemetry-node': '1.18.0' },
  ownPackages: [],
  nodeArguments: () => ['--import', '@elastic/opentelemetry-node'],
  environment: (_app, target) => otlpEnvironment(target),
};

/** Datadog's tracer, with an agent's protocol to an agent's endpoints. */
export const datadog: Variant = {
  name: 'dd-trace',
  title: 'dd-trace 6.21.0',
  dependencies: { 'dd-trace': '6.21.0' },
  ownPackages: [],
  exportsUnsampled: true, // what is kept is decided by the agent
  nodeArguments: (app) => [
    ...(app.moduleFormat === 'esm' ? ['--import', 'dd-trace/register.js'] : []),
    '--require',
    './start-dd-trace.cjs',
  ],
  environment: (_app, { url, statsdPort, sampling, exportDelay, metricInterval }) => ({
    DD_SERVICE: 'bench',
    DD_TRACE_AGENT_URL: url,
    DD_TRACE_SAMPLE_RATE: `${sampling}`,
    DD_TRACE_STARTUP_LOGS: 'false',
    DD_RUNTIME_METRICS_ENABLED: 'true',
    DD_DOGSTATSD_PORT: `${statsdPort}`,
    DD_INSTRUMENTATION_TELEMETRY_ENABLED: 'false',
    DD_REMOTE_CONFIGURATION_ENABLED: 'false',
    BENCH_EXPORT_DELAY: `${exportDelay}`,
    ...(metricInterval && { DD_RUNTIME_METRICS_FLUSH_INTERVAL: `${metricInterval}` }),
  }),
};

/** All variants, the one they are compared with first. */
export const variants: readonly Variant[] = [bare, ours, official, elastic, datadog];
