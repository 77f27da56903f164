import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { readSettings } from './read-settings.ts';
import { describeProblem } from './setting-problem.ts';

const folder = mkdtempSync(join(tmpdir(), 'otel-node-config-'));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => {
  vi.restoreAllMocks();
});

let files = 0;

function read(yaml: string, options = {}, variables = {}) {
  const file = join(folder, `${++files}.yaml`);
  writeFileSync(file, yaml);
  const { settings, problems } = readSettings({ OTEL_CONFIG_FILE: file, ...variables }, options);
  return { settings, file, sentences: problems.map(describeProblem) };
}

const whole = `
file_format: '1.1'
disabled: false
log_level: debug2
attribute_limits:
  attribute_value_length_limit: 10
propagator:
  composite_list: tracecontext
tracer_provider:
  processors:
    - simple:
        exporter:
          otlp_file/development:
    - batch:
        schedule_delay: 1
        export_timeout: 2
        max_queue_size: 3
        max_export_batch_size: 2
        exporter:
          otlp_grpc:
            endpoint: http://one:4317
            headers_list: a=b
            timeout: 5
    - batch:
        exporter:
          otlp_http:
            endpoint: http://two
  limits:
    attribute_count_limit: 5
    link_attribute_count_limit: 6
  id_generator:
    random:
  sampler:
    always_off:
meter_provider:
  exemplar_filter: always_off
  readers:
    - pull:
        exporter:
          prometheus/development:
            host: 127.0.0.1
            port: 1234
    - periodic:
        interval: 7
        timeout: 8
        exporter:
          otlp_http:
            endpoint: http://metrics/in
            default_histogram_aggregation: base2_exponential_bucket_histogram
            temporality_preference: low_memory
logger_provider:
  processors:
    - simple:
        exporter:
          console:
  limits:
    attribute_count_limit: 9
`;

describe('a configuration file', () => {
  it('is mapped to the settings, and what is left of it is named', () => {
    const { settings, sentences, file } = read(whole);
    expect(sentences).toEqual([
      `OTEL_CONFIG_FILE: expected only what is provided here, got "${file}"; using nothing of /tracer_provider/processors/2/batch/exporter/otlp_http/endpoint`,
    ]);
    expect(settings).toMatchObject({ disabled: false, logLevel: 'debug' });
    expect(settings.propagators).toEqual(['tracecontext']);
    expect(settings.sampler).toEqual({ alwaysOff: {} });
    expect(settings.traces).toMatchObject({
      exporters: ['otlp/stdout', 'otlp'],
      otlp: { protocol: 'grpc', url: 'http://one:4317/', headers: { a: 'b' }, timeoutMillis: 2 },
      batch: { delayMillis: 1, maxQueueSize: 3, maxBatchSize: 2 },
      limits: {
        attributeValueLengthLimit: 10,
        attributeCountLimit: 5,
        linkAttributeCountLimit: 6,
        eventCountLimit: 128,
      },
    });
    expect(settings.metrics).toMatchObject({
      exporters: ['otlp'],
      otlp: { url: 'http://metrics/in', timeoutMillis: 8 },
      batch: { delayMillis: 7 },
      exemplarFilter: 'always_off',
      temporalityPreference: 'lowmemory',
      histogramAggregation: 'base2_exponential_bucket_histogram',
      prometheus: { host: '127.0.0.1', port: 1234 },
    });
    expect(settings.logs).toMatchObject({
      exporters: ['console'],
      batch: { delayMillis: 0, maxBatchSize: 1 },
      limits: { attributeCountLimit: 9, attributeValueLengthLimit: 10 },
    });
  });

  it('turns off what it does not mention, and lets options win', () => {
    const yaml = 'file_format: "1.0"\nresource: { attributes: [{ name: a, value: 1 }] }\n';
    const { settings, sentences } = read(
      yaml,
      { logs: { exporters: ['otlp'] }, resource: { attributes: { b: 2 } } },
      { OTEL_SERVICE_NAME: 'ignored', OTEL_NODE_BUFFER_MAX_AGE: '5' },
    );
    expect(sentences).toEqual([]);
    expect(settings.traces.exporters).toEqual([]);
    expect(settings.metrics.exporters).toEqual([]);
    expect(settings.logs.exporters).toEqual(['otlp']);
    expect(settings.propagators).toEqual(['none']);
    expect(settings.serviceName).toBeUndefined();
    expect(settings.resourceAttributes).toEqual({ a: 1, b: 2 });
    expect(settings.buffer.maxAgeMillis).toBe(5);
  });

  it.each([
    ['file_format: "2.0"\n', 'Unsupported file_format'],
    ['file_format: "1.0"\ntracer_provider: { processors: 5 }\n', '/tracer_provider/processors'],
    ['{', 'file_format'],
  ])('is not used when it is %j: the variables are', (yaml, reason) => {
    const { settings, sentences } = read(yaml, {}, { OTEL_SERVICE_NAME: 'used' });
    expect(sentences).toHaveLength(1);
    expect(sentences[0]).toContain(`OTEL_CONFIG_FILE: expected a file of declarative`);
    expect(sentences[0]).toContain(reason);
    expect(sentences[0]).not.toContain('\n');
    expect(settings.serviceName).toBe('used');
  });

  it('says when there is no such file', () => {
    const { problems } = readSettings({ OTEL_CONFIG_FILE: '/no/such.yaml' }, {});
    expect(problems.map(describeProblem)[0]).toContain('ENOENT');
  });

  it('names the package that reads it', () => {
    vi.spyOn(process, 'cwd').mockReturnValue('/');
    vi.spyOn(process, 'argv', 'get').mockReturnValue(['node', '/app.js']);
    const { problems } = readSettings({ OTEL_CONFIG_FILE: 'otel.yaml' }, {});
    expect(problems.map(describeProblem)).toEqual([
      'OTEL_CONFIG_FILE: expected the package @opentelemetry/configuration to be installed for it (npm install @opentelemetry/configuration), got "otel.yaml"; using the other variables',
    ]);
  });
});
