import { inspect } from 'node:util';
import { type Collector, expectTrace, startCollector } from '@org/otel-testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AppFolder, appFolder } from './packed/app-folder.ts';
import { installedPackages } from './packed/installed-packages.ts';
import { freePort } from './support/free-port.ts';
import { type App, spawnApp } from './support/spawn-app.ts';

// A canary in every input: what is found in one output is traced to its input by its name.
const inputs = [
  'query',
  'userinfo',
  'authorization',
  'cookie',
  'setCookie',
  'location',
  'referer',
  'apiKey',
  'option',
  'scrape',
  'endpoint',
  'headers',
  'tracesHeaders',
  'malformed',
  'argument',
  'environment',
] as const;
const secrets = Object.fromEntries(inputs.map((name) => [name, `canary-${name}-4f9a`]));

let folder: AppFolder;
let collector: Collector;

beforeAll(async () => {
  folder = await appFolder(await installedPackages(), 'canary');
  collector = await startCollector();
});
beforeEach(() => collector.clear());
afterAll(async () => {
  await collector.close();
  await folder[Symbol.asyncDispose]();
});

interface Given {
  readonly endpoint?: string;
  /** Whether the headers of OTLP are given as an option, which wins over the variables. */
  readonly withOption?: boolean;
}

async function runApp(env: Record<string, string>, given: Given = {}): Promise<App> {
  const app = await spawnApp(folder.file('app.mjs'), {
    args: [`--token=${secrets['argument']}`],
    cwd: folder.path,
    ready: false,
    env: {
      CANARY: JSON.stringify({ secrets, ...given }),
      SECRET: secrets['environment'],
      OTEL_LOG_LEVEL: 'all',
      OTEL_TRACES_EXPORTER: 'otlp,console',
      OTEL_METRICS_EXPORTER: 'otlp,console',
      OTEL_LOGS_EXPORTER: 'otlp,console',
      ...env,
    },
  });
  expect(await app.exited, app.output).toEqual({ code: 0, signal: null });
  expect(app.stdout).toContain('the end');
  expect(app.stderr).toContain('verbose is on');
  return app;
}

const everything = {
  depth: null,
  maxArrayLength: null,
  maxStringLength: null,
  breakLength: Infinity,
};

function canariesIn(text: string): string[] {
  return inputs.filter((name) => text.includes(`${secrets[name]}`));
}

const withPassword = (url: string) =>
  `${url.replace('//', `//user:${secrets['endpoint']}@`)}?key=${secrets['endpoint']}`;

describe('with a secret in every input', () => {
  it.each([
    ['an option', true, 'option'],
    ['variables', false, 'tracesHeaders'],
  ] as const)(
    'none is exported or printed, and each was there: headers by %s',
    async (_, withOption, sent) => {
      const env = {
        OTEL_EXPORTER_OTLP_ENDPOINT: withPassword(collector.url),
        OTEL_EXPORTER_OTLP_HEADERS: `x-key=${secrets['headers']}`,
        OTEL_EXPORTER_OTLP_TRACES_HEADERS: `x-traces-key=${secrets['tracesHeaders']}`,
      };
      const app = await runApp(env, { withOption });
      await expectTrace(collector, {
        name: 'GET',
        kind: 'client',
        attributes: {
          'url.full': /token=REDACTED&page=2/,
          'http.request.header.authorization': ['REDACTED'],
          'http.request.header.x-api-key': ['REDACTED'],
          'http.request.header.x-tenant': ['seven'],
          'http.response.header.location': ['http://REDACTED:REDACTED@elsewhere/?sig=REDACTED'],
        },
        spans: [
          {
            name: 'GET',
            kind: 'server',
            attributes: {
              'url.query': /^AWSAccessKeyId=REDACTED&.*&page=2$/,
              'http.request.header.cookie': ['REDACTED'],
              'http.request.header.referer': ['http://REDACTED:REDACTED@before/?token=REDACTED'],
              'http.response.header.set-cookie': ['REDACTED', 'REDACTED'],
              'http.response.header.x-tenant': ['seven'],
            },
          },
        ],
      });
      const received = collector.requests.map(({ headers }) => JSON.stringify(headers)).join();
      expect(received).toContain(secrets[sent]);
      expect(collector.requests.map(({ signal }) => signal)).toEqual(
        expect.arrayContaining(['traces', 'metrics', 'logs']),
      );
      const paths = collector.store.spans().map(({ attributes }) => attributes['url.path']);
      for (const path of ['/fetch', '/get', '/auth', '/absolute', '/host'])
        expect(paths).toContain(path);
      const exported = inspect(
        collector.requests.map(({ batch }) => batch),
        everything,
      );
      expect(exported).toContain('REDACTED');
      expect(canariesIn(exported)).toEqual([]);
      expect(canariesIn(app.output)).toEqual([]);
    },
  );

  it('none is printed by what is said of bad settings and of a receiver that is away', async () => {
    const port = await freePort();
    const app = await runApp({
      OTEL_EXPORTER_OTLP_ENDPOINT: withPassword(`http://127.0.0.1:${port}`),
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `user:${secrets['malformed']}@127.0.0.1:${port}`,
      OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: `https://user:a/${secrets['malformed']}@127.0.0.1`,
      OTEL_EXPORTER_OTLP_HEADERS: `${secrets['malformed']}`,
      OTEL_EXPORTER_OTLP_METRICS_HEADERS: `authorization=%${secrets['malformed']}`,
      OTEL_RESOURCE_ATTRIBUTES: `key=%${secrets['malformed']}`,
    });
    for (const said of [
      'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
      'OTEL_EXPORTER_OTLP_LOGS_ENDPOINT',
      'OTEL_EXPORTER_OTLP_HEADERS',
      'OTEL_EXPORTER_OTLP_METRICS_HEADERS',
      'OTEL_RESOURCE_ATTRIBUTES',
      'cannot be delivered',
    ])
      expect(app.stderr).toContain(said);
    expect(canariesIn(app.output)).toEqual([]);
  });

  it('none is printed when the receiver refuses', async () => {
    collector.respondWith(() => ({ status: 401 }));
    const app = await runApp(
      { OTEL_EXPORTER_OTLP_HEADERS: `x-key=${secrets['headers']}` },
      { endpoint: withPassword(collector.url), withOption: true },
    );
    collector.respondWith(undefined);
    expect(app.stderr).toContain('status 401');
    expect(canariesIn(app.output)).toEqual([]);
  });
});

it('finds a canary where there is one', () => {
  expect(canariesIn(`https://user:${secrets['userinfo']}@host/`)).toEqual(['userinfo']);
});
