import { describe, expect, it } from 'vitest';
import { readSettings } from './read-settings.ts';
import { describeProblem } from './setting-problem.ts';

const read = (variables: Record<string, string>, options = {}) => readSettings(variables, options);
const sentences = (variables: Record<string, string>, options = {}) =>
  read(variables, options).problems.map(describeProblem);

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
      'OTEL_PROPAGATORS: expected a list of tracecontext, baggage, none, got "tracecontext,pigeon"; using tracecontext',
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

  it('answers an option whose name is reserved', () => {
    expect(sentences({}, { baggage: {} })[0]).toContain(
      'baggage: expected this option not to be given',
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
});
