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

  it.each([
    ['always_on: {}', { alwaysOn: {} }],
    ['trace_id_ratio_based: { ratio: 0.25 }', { traceIdRatioBased: { ratio: 0.25 } }],
    ['rate_limited: { traces_per_second: 7 }', { rateLimited: { tracesPerSecond: 7 } }],
    [
      `parent_based:
      root: { always_off: }
      remote_parent_sampled: { rate_limited: { traces_per_second: 1 } }
      remote_parent_not_sampled: { trace_id_ratio_based: }
      local_parent_sampled: { always_on: }
      local_parent_not_sampled: { always_off: }`,
      {
        parentBased: {
          root: { alwaysOff: {} },
          remoteParentSampled: { rateLimited: { tracesPerSecond: 1 } },
          remoteParentNotSampled: { traceIdRatioBased: { ratio: 1 } },
          localParentSampled: { alwaysOn: {} },
          localParentNotSampled: { alwaysOff: {} },
        },
      },
    ],
    [
      `rule_based:
      rules:
        - methods: [GET]
          path: /feed/*
          span_kinds: [server]
          attributes: { tenant.id: a* }
          sampler: { rate_limited: { traces_per_second: 5 } }
      fallback: { always_off: }`,
      {
        ruleBased: {
          rules: [
            {
              methods: ['GET'],
              path: '/feed/*',
              spanKinds: ['server'],
              attributes: { 'tenant.id': 'a*' },
              sampler: { rateLimited: { tracesPerSecond: 5 } },
            },
          ],
          fallback: { alwaysOff: {} },
        },
      },
    ],
    [
      `composite/development:
      parent_threshold:
        root:
          rule_based:
            rules:
              - attribute_values: { key: http.request.method, values: [PUT, POST] }
                attribute_patterns: { key: url.path, included: [/a/*, /b] }
                span_kinds: [server]
                parent: [none, remote]
                sampler: { always_on: }
              - attribute_values: { key: tenant.id, values: [x] }
                sampler: { trace_id_ratio_based: { ratio: 0.5 } }`,
      {
        parentBased: {
          root: {
            ruleBased: {
              rules: [
                ...['PUT', 'POST'].flatMap((method) =>
                  ['/a/*', '/b'].map((path) => ({
                    spanKinds: ['server'],
                    methods: [method],
                    path,
                    sampler: { alwaysOn: {} },
                  })),
                ),
                {
                  attributes: { 'tenant.id': 'x' },
                  sampler: { traceIdRatioBased: { ratio: 0.5 } },
                },
              ],
              fallback: { alwaysOff: {} },
            },
          },
        },
      },
    ],
  ])('takes the sampler %s', (yaml, expected) => {
    const { settings, sentences } = read(
      `file_format: '1.0'\ntracer_provider:\n  processors: [{ batch: { exporter: { console: } } }]\n  sampler:\n    ${yaml}\n`,
    );
    expect(sentences).toEqual([]);
    expect(settings.sampler).toEqual(expected);
  });

  it('names samplers, conditions, propagators and detectors that are not provided, and uses the others', () => {
    const { settings, sentences } = read(`
file_format: '1.0'
propagator: { composite: [{ b3multi: }, { ottrace: }], composite_list: 'b3,other' }
resource:
  detection/development:
    attributes: { excluded: [process.*] }
    detectors: [{ service: }, { process: }, { heroku: }]
tracer_provider:
  processors: [{ batch: { exporter: { console: } } }]
  sampler:
    composite/development:
      rule_based:
        rules:
          - attribute_patterns: { key: a, included: ['1*'], excluded: ['12'] }
            sampler: { always_on: }
          - parent: [local]
            sampler: { always_on: }
          - sampler: { probability: { ratio: 0.1 } }
          - span_kinds: [consumer]
            sampler: { always_on: }
`);
    const rules = '/tracer_provider/sampler/composite/development/rule_based/rules';
    expect(sentences).toHaveLength(1);
    expect(sentences[0]?.split('using nothing of ')[1]?.split(', ')).toEqual([
      '/propagator/composite/1/ottrace',
      '/propagator/composite_list',
      '/resource/detection/development/attributes/excluded/0',
      '/resource/detection/development/detectors/2/heroku',
      `${rules}/0/attribute_patterns/key`,
      `${rules}/0/attribute_patterns/included/0`,
      `${rules}/0/attribute_patterns/excluded/0`,
      `${rules}/0/sampler/always_on`,
      `${rules}/1/parent/0`,
      `${rules}/1/sampler/always_on`,
      `${rules}/2/sampler/probability/ratio`,
    ]);
    expect(settings.propagators).toEqual(['b3multi', 'b3']);
    expect(settings.detection.detectors).toEqual(['serviceinstance', 'process']);
    expect(settings.sampler).toEqual({
      ruleBased: {
        rules: [{ spanKinds: ['consumer'], sampler: { alwaysOn: {} } }],
        fallback: { alwaysOff: {} },
      },
    });
  });

  it('says what is wrong with a sampler that the schema leaves to distributions', () => {
    const { sentences } = read(
      "file_format: '1.0'\ntracer_provider: { processors: [{ batch: { exporter: { console: } } }], sampler: { rate_limited: { traces_per_second: much } } }\n",
    );
    expect(sentences).toEqual([
      'sampler.rateLimited.tracesPerSecond: expected a number of 0 or more, got "much"; using every trace',
    ]);
  });

  it('captures headers, and has a section of its own for what the schema has no place for', () => {
    const { settings, sentences } = read(`
file_format: '1.0'
instrumentation/development:
  general:
    stability_opt_in_list: database,http/dup
    http:
      semconv: { version: 1, experimental: false }
      server: { request_captured_headers: [X-Tenant], response_captured_headers: [etag] }
      client: { request_captured_headers: [x-id], response_captured_headers: [age] }
distribution:
  otel_node:
    health_paths: [/up]
    sampling_rules:
      - { path: /feed/*, sampler: { rate_limited: { traces_per_second: 5 } } }
    trust_incoming: false
    baggage: { hosts: [partner.example], attributes: [tenant] }
    disabled_instrumentations: [runtime]
    instrumentations: [pg]
    excluded_urls: [/private]
    redaction: { query_keys: [code], all_query_values: true, headers: [x-secret] }
    http: { active_requests: true, body_sizes: true }
    exception_signal: logs
    buffer: { max_bytes: 9, max_age_millis: 8 }
    unknown: 1
`);
    expect(sentences[0]).toMatch(/using nothing of \/distribution\/otel_node\/unknown$/);
    expect(sentences).toHaveLength(1);
    expect(settings).toMatchObject({
      capturedHeaders: {
        serverRequest: ['x-tenant'],
        serverResponse: ['etag'],
        clientRequest: ['x-id'],
        clientResponse: ['age'],
      },
      healthPaths: ['/up'],
      samplingRules: [{ path: '/feed/*', sampler: { rateLimited: { tracesPerSecond: 5 } } }],
      trustIncoming: false,
      baggage: { hosts: ['partner.example'], attributes: ['tenant'] },
      enabledInstrumentations: ['pg'],
      redaction: { allQueryValues: true },
      http: { activeRequests: true, bodySizes: true, oldNames: true },
      exceptionSignal: 'logs',
      buffer: { maxBytes: 9, maxAgeMillis: 8 },
    });
    expect([...settings.disabledInstrumentations]).toEqual(['runtime']);
    expect(settings.excludedUrls?.test('http://shop/private')).toBe(true);
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
