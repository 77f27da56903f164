import { afterEach, describe, expect, it, vi } from 'vitest';
import { init } from '../init.ts';
import { readSettings } from './read-settings.ts';
import { describeProblem, SettingsError } from './setting-problem.ts';

const read = (variables: Record<string, string>, options = {}) => readSettings(variables, options);
const sentences = (variables: Record<string, string>, options = {}) =>
  read(variables, options).problems.map(describeProblem);

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

describe('readSettings', () => {
  it('takes the defaults of the specification from an empty environment', () => {
    const { settings, problems } = read({});
    expect(problems).toEqual([]);
    expect(settings.propagators).toEqual(['tracecontext', 'baggage']);
    expect(settings.traces.otlp.url).toBe('http://localhost:4318/v1/traces');
    expect(settings.logs.otlp.url).toBe('http://localhost:4318/v1/logs');
    expect(settings.traces.batch).toEqual({
      maxQueueSize: 2048,
      maxBatchSize: 512,
      delayMillis: 5000,
    });
    expect(settings.logs.batch.delayMillis).toBe(1000);
    expect(settings.metrics.batch.delayMillis).toBe(60_000);
  });

  it('reads an empty variable as unset and an enum in any case', () => {
    const { settings, problems } = read({
      OTEL_TRACES_EXPORTER: '',
      OTEL_TRACES_SAMPLER: 'Always_Off',
    });
    expect(settings.traces.exporters).toEqual(['otlp']);
    expect(settings.sampler).toEqual({ alwaysOff: {} });
    expect(problems).toEqual([]);
  });

  it('lets an option win over its variable', () => {
    const { settings } = read(
      { OTEL_SERVICE_NAME: 'env', OTEL_EXPORTER_OTLP_ENDPOINT: 'http://env:4318' },
      { serviceName: 'option', exporter: { otlpHttp: { endpoint: 'http://option:4318/' } } },
    );
    expect(settings.serviceName).toBe('option');
    expect(settings.traces.otlp.url).toBe('http://option:4318/v1/traces');
  });

  it('takes a signal endpoint as it is and adds the path to a general one', () => {
    const { settings } = read({
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://gateway/otlp/',
      OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: 'http://prom:9090/api/v1/otlp/v1/metrics',
    });
    expect(settings.traces.otlp.url).toBe('http://gateway/otlp/v1/traces');
    expect(settings.metrics.otlp.url).toBe('http://prom:9090/api/v1/otlp/v1/metrics');
  });

  it('decodes headers and resource attributes', () => {
    const { settings } = read({
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Basic%20abc,x-tenant=1',
      OTEL_RESOURCE_ATTRIBUTES: 'service.namespace=shop,team=a%2Cb',
    });
    expect(settings.traces.otlp.headers).toEqual({ authorization: 'Basic abc', 'x-tenant': '1' });
    expect(settings.resourceAttributes).toEqual({ 'service.namespace': 'shop', team: 'a,b' });
  });

  it.each([
    [
      { OTEL_TRACES_SAMPLER_ARG: 'abc' },
      'OTEL_TRACES_SAMPLER_ARG: expected a number from 0 to 1, got "abc"; using 1',
    ],
    [
      { OTEL_TRACES_SAMPLER: 'sometimes' },
      'OTEL_TRACES_SAMPLER: expected one of always_on, always_off, traceidratio, parentbased_always_on, parentbased_always_off, parentbased_traceidratio, got "sometimes"; using parentbased_traceidratio',
    ],
    [
      { OTEL_PROPAGATORS: 'tracecontext,pigeon' },
      'OTEL_PROPAGATORS: expected a list of tracecontext, baggage, b3, b3multi, jaeger, xray, none, got "tracecontext,pigeon"; using tracecontext',
    ],
    [
      { OTEL_BSP_MAX_QUEUE_SIZE: '-1' },
      'OTEL_BSP_MAX_QUEUE_SIZE: expected a whole number of 1 or more, got "-1"; using 2048',
    ],
  ])('reports %o in one sentence', (variables, sentence) => {
    expect(sentences(variables as Record<string, string>)).toContain(sentence);
  });

  it('opens an endpoint for Prometheus instead of OTLP by variable, beside it by option', () => {
    const byVariable = read({ OTEL_METRICS_EXPORTER: 'prometheus' }).settings.metrics;
    expect(byVariable.exporters).toEqual([]);
    const defaults = { host: 'localhost', port: 9464, path: '/metrics', bearerToken: undefined };
    expect(byVariable.prometheus).toEqual(defaults);
    const option = { exporter: { prometheus: { port: 0, path: '/m', bearerToken: 't' } } };
    const byOption = read({ OTEL_EXPORTER_PROMETHEUS_PORT: '1' }, option).settings.metrics;
    expect(byOption.exporters).toEqual(['otlp']);
    expect(byOption.prometheus).toEqual({ ...defaults, ...option.exporter.prometheus });
    expect(read({}).settings.metrics.prometheus).toBeUndefined();
    expect(sentences({ OTEL_TRACES_EXPORTER: 'prometheus' })[0]).toContain('OTEL_TRACES_EXPORTER');
  });

  it('reports a port and a path that cannot be, and uses the defaults', () => {
    const variables = {
      OTEL_METRICS_EXPORTER: 'prometheus',
      OTEL_EXPORTER_PROMETHEUS_PORT: '70000',
    };
    expect(sentences(variables)).toEqual([
      'OTEL_EXPORTER_PROMETHEUS_PORT: expected a port from 0 to 65535, got "70000"; using 9464',
    ]);
    expect(sentences({}, { exporter: { prometheus: { port: -1, path: 'm' } } })).toEqual([
      'exporter.prometheus.port: expected a port from 0 to 65535, got "-1"; using 9464',
      'exporter.prometheus.path: expected a path that begins with /, got "m"; using /metrics',
    ]);
  });

  it('never repeats a secret: neither a password in a URL nor a header', () => {
    const said = sentences({
      OTEL_EXPORTER_OTLP_ENDPOINT: 'ftp://user:hunter2@host',
      OTEL_EXPORTER_OTLP_HEADERS: 'hunter2',
    }).join();
    expect(said).toContain('OTEL_EXPORTER_OTLP_ENDPOINT: expected an http:// or https:// URL');
    expect(said).toContain('OTEL_EXPORTER_OTLP_HEADERS');
    expect(said).not.toContain('hunter2');
  });

  it('tries the general value where the one of a signal cannot be used, and says a general one once', () => {
    const variables = {
      OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip',
      OTEL_EXPORTER_OTLP_LOGS_COMPRESSION: 'brotli',
      OTEL_EXPORTER_OTLP_TIMEOUT: '-1',
    };
    expect(read(variables).settings.logs.otlp.compression).toBe('gzip');
    expect(sentences(variables)).toEqual([
      'OTEL_EXPORTER_OTLP_TIMEOUT: expected a whole number of milliseconds from 0 to 2147483647, got "-1"; using 10000',
      'OTEL_EXPORTER_OTLP_LOGS_COMPRESSION: expected one of none, gzip, got "brotli"; using gzip',
    ]);
  });

  it('takes a timeout of 0 as none, and a batch never larger than its queue', () => {
    const { traces } = read({
      OTEL_EXPORTER_OTLP_TIMEOUT: '0',
      OTEL_BSP_EXPORT_TIMEOUT: '0',
    }).settings;
    expect(traces.otlp.timeoutMillis).toBe(2 ** 31 - 1);
    const small = { OTEL_BSP_MAX_QUEUE_SIZE: '10' };
    expect(read(small).settings.traces.batch.maxBatchSize).toBe(10);
    expect(sentences(small)).toEqual([]);
    expect(sentences({ ...small, OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '20' })).toEqual([
      'OTEL_BSP_MAX_EXPORT_BATCH_SIZE: expected not more than the queue holds, 10, got "20"; using 10',
    ]);
  });

  it('lets each option win over its variable, one signal before all', () => {
    const { settings, problems } = read(
      {
        OTEL_TRACES_EXPORTER: 'none',
        OTEL_SPAN_EVENT_COUNT_LIMIT: '1',
        OTEL_EXPORTER_OTLP_TRACES_HEADERS: 'a=b',
        OTEL_METRIC_EXPORT_INTERVAL: '1',
      },
      {
        exporter: { otlpHttp: { headers: { c: 'd' }, endpoint: 'http://all' } },
        traces: {
          exporters: ['console'],
          limits: { eventCountLimit: 2, attributeValueLengthLimit: Number.POSITIVE_INFINITY },
          otlpHttp: { endpoint: 'http://one/spans' },
        },
        metrics: { interval: 10, exporters: [] },
        attributeLimits: { attributeValueLengthLimit: 3 },
      },
    );
    expect(problems).toEqual([]);
    expect(settings.traces.exporters).toEqual(['console']);
    expect(settings.traces.limits).toMatchObject({
      eventCountLimit: 2,
      attributeValueLengthLimit: Number.POSITIVE_INFINITY,
    });
    expect(settings.logs.limits.attributeValueLengthLimit).toBe(3);
    expect(settings.traces.otlp).toMatchObject({ url: 'http://one/spans', headers: { c: 'd' } });
    expect(settings.logs.otlp.url).toBe('http://all/v1/logs');
    expect(settings.metrics).toMatchObject({ exporters: [], batch: { delayMillis: 10 } });
  });

  it('reports an option of the wrong type by its path', () => {
    expect(sentences({}, { traces: { batch: { maxQueueSize: '5' } }, serviceName: 5 })).toEqual([
      'serviceName: expected a text, got "5"; using `name` of the nearest package.json, else `unknown_service:node`',
      'traces.batch.maxQueueSize: expected a whole number of 1 or more, got "5"; using 2048',
    ]);
  });

  it('reads the endpoint of gRPC with and without a scheme', () => {
    const grpc = { OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' };
    const url = (variables = {}) => read({ ...grpc, ...variables }).settings.traces.otlp.url;
    expect(url()).toBe('http://localhost:4317/');
    expect(url({ OTEL_EXPORTER_OTLP_ENDPOINT: 'https://c:1' })).toBe('https://c:1/');
    expect(url({ OTEL_EXPORTER_OTLP_ENDPOINT: 'c:1' })).toBe('https://c:1/');
    const insecure = { OTEL_EXPORTER_OTLP_INSECURE: 'true' };
    expect(url({ OTEL_EXPORTER_OTLP_ENDPOINT: 'c:1', ...insecure })).toBe('http://c:1/');
  });

  it('names the package that gRPC needs, and uses http/protobuf', () => {
    vi.spyOn(process, 'cwd').mockReturnValue('/');
    vi.spyOn(process, 'argv', 'get').mockReturnValue(['node', '/app.js']);
    const { settings, problems } = read({ OTEL_EXPORTER_OTLP_LOGS_PROTOCOL: 'grpc' });
    expect(settings.logs.otlp).toMatchObject({
      protocol: 'http/protobuf',
      url: 'http://localhost:4318/v1/logs',
    });
    const name = '@opentelemetry/exporter-logs-otlp-grpc';
    expect(problems.map(describeProblem)).toEqual([
      `OTEL_EXPORTER_OTLP_LOGS_PROTOCOL: expected the package ${name} to be installed for it (npm install ${name}), got "grpc"; using http/protobuf`,
    ]);
  });

  it.each([
    ['no certificate', { CERTIFICATE: import.meta.filename }, 'it holds no PEM text'],
    [
      'a certificate that is not there',
      { CERTIFICATE: '/no/such/ca.pem' },
      'a file that can be read',
    ],
    ['a certificate that cannot be read', { CERTIFICATE: '/' }, 'a file that can be read'],
    [
      'a key alone',
      { CLIENT_KEY: import.meta.filename },
      'the key and the certificate of the client together',
    ],
  ])('sends nothing with %s', (_name, files, expected) => {
    const variables = Object.fromEntries(
      Object.entries(files).map(([name, file]) => [`OTEL_EXPORTER_OTLP_${name}`, file]),
    );
    const endpoint = 'https://localhost:4318';
    const { settings, problems } = read({ ...variables, OTEL_EXPORTER_OTLP_ENDPOINT: endpoint });
    expect(settings.traces.otlp.refusal).toContain(expected);
    expect(problems.map(describeProblem).join()).toContain(expected);
    expect(problems[0]?.using).toContain('no telemetry of this signal is sent');
  });

  it('throws every problem at once with strict, and masks what is secret', () => {
    vi.stubEnv('OTEL_EXPORTER_OTLP_HEADERS', 'authorization=hunter2,bad');
    vi.stubEnv('OTEL_BSP_MAX_QUEUE_SIZE', 'many');
    const options = {
      strict: true,
      exporter: { otlpHttp: { headers: { 'not a name': 'hunter2' }, endpoint: 'x://u:hunter2@h' } },
    };
    expect(() => init(options)).toThrow(SettingsError);
    expect(() => init(options)).toThrow(/OTEL_BSP_MAX_QUEUE_SIZE: /);
    expect(() => init(options)).not.toThrow(/hunter2/);
  });

  it('answers an option whose name is reserved', () => {
    expect(sentences({}, { headers: {} })[0]).toContain(
      'headers: expected this option not to be given',
    );
  });

  it('reports a sampler option out of range and keeps every trace', () => {
    const { settings, problems } = read({}, { sampler: { traceIdRatioBased: { ratio: 2 } } });
    expect(problems.map(describeProblem)).toEqual([
      'sampler.traceIdRatioBased.ratio: expected a number from 0 to 1, got "2"; using every trace',
    ]);
    expect(settings.sampler).toEqual({
      parentBased: { root: { traceIdRatioBased: { ratio: 1 } } },
    });
  });

  it('takes the signal of exceptions from the option, then the variable', () => {
    const variable = 'OTEL_SEMCONV_EXCEPTION_SIGNAL_OPT_IN';
    expect(read({}).settings.exceptionSignal).toBe('events');
    expect(read({ [variable]: 'logs/dup' }).settings.exceptionSignal).toBe('logs/dup');
    const option = { exceptionSignal: 'events' };
    expect(read({ [variable]: 'logs' }, option).settings.exceptionSignal).toBe('events');
    expect(sentences({ [variable]: 'spans' }, { exceptionSignal: 'mail' })).toEqual([
      'exceptionSignal: expected one of events, logs, logs/dup, got "mail"; using events',
      `${variable}: expected one of events, logs, logs/dup, got "spans"; using events`,
    ]);
  });
});

it('takes the further HTTP metrics from the option, then the variable', () => {
  const variables = { OTEL_NODE_HTTP_ACTIVE_REQUESTS: 'true', OTEL_NODE_HTTP_BODY_SIZES: 'TRUE' };
  expect(read({}).settings.http).toMatchObject({ activeRequests: false, bodySizes: false });
  expect(read(variables).settings.http).toMatchObject({ activeRequests: true, bodySizes: true });
  const option = { http: { bodySizes: false } };
  expect(read(variables, option).settings.http).toMatchObject({
    activeRequests: true,
    bodySizes: false,
  });
  expect(sentences({}, { http: { bodySizes: 'yes' } })).toEqual([
    'http.bodySizes: expected true or false, got "yes"; using false',
  ]);
});

it('takes the known HTTP methods from the option, then the variable, case-sensitive', () => {
  const variables = { OTEL_INSTRUMENTATION_HTTP_KNOWN_METHODS: 'GET, PROPFIND,get' };
  const methods = (...given: Parameters<typeof read>) => read(...given).settings.http.knownMethods;
  expect(methods({})).toContain('QUERY');
  expect(methods(variables)).toEqual(['GET', 'PROPFIND', 'get']);
  expect(methods(variables, { http: { knownMethods: ['POST'] } })).toEqual(['POST']);
  expect(sentences({ OTEL_INSTRUMENTATION_HTTP_KNOWN_METHODS: 'GET POST' })).toEqual([
    expect.stringMatching(/expected a list of HTTP methods, got "GET POST"; using CONNECT,DELETE/),
  ]);
});

it('takes strict and diagnostics from the option, then the variable', () => {
  const variables = { OTEL_NODE_STRICT: 'true', OTEL_NODE_DIAGNOSTICS: 'TRUE' };
  expect(read({}).settings).toMatchObject({ strict: false, diagnostics: false });
  expect(read(variables).settings).toMatchObject({ strict: true, diagnostics: true });
  const { settings } = readSettings(variables, { strict: false, diagnostics: false });
  expect(settings).toMatchObject({ strict: false, diagnostics: false });
});
