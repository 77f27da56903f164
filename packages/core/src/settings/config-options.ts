import { camelCase } from './camel-case.ts';
import { configDetectors } from './config-detectors.ts';
import { configDistribution } from './config-distribution.ts';
import { configHeaders } from './config-headers.ts';
import type { ConfigNode } from './config-node.ts';
import { configPropagators } from './config-propagators.ts';
import { configSampler } from './config-sampler.ts';

/** The part of `@opentelemetry/configuration` that is used here. */
export interface ConfigPackage {
  parseConfigFile(file: string): object;
  mergeHeadersConfig(headers?: Pair[], list?: string | null): Record<string, string> | undefined;
  mergeResourceAttributesConfig(attributes?: Pair[], list?: string | null): Pair[] | undefined;
  mergePropagatorCompositeConfig(composite?: object[], list?: string | null): object[] | undefined;
}

interface Pair {
  readonly name: string;
  readonly value: unknown;
}

/** A configuration file as the options that say the same. What is not in the file is off, as the specification has it. */
export function configOptions(file: ConfigNode, merge: ConfigPackage): object {
  const metrics = file.at('meter_provider');
  const general = file.at('instrumentation/development').at('general');
  return {
    disabled: file.at('disabled').take(),
    logLevel: logLevel(file.at('log_level').take()),
    attributeLimits: camelCased(file.at('attribute_limits')),
    resource: {
      attributes: resourceAttributes(file.at('resource'), merge),
      detectors: configDetectors(file.at('resource')),
    },
    propagators: configPropagators(file.at('propagator'), merge),
    sampler: configSampler(file.at('tracer_provider').at('sampler')),
    semconvStabilityOptIn: optIns(general),
    capturedHeaders: configHeaders(general.at('http')),
    ...configDistribution(file.at('distribution')),
    traces: processed(file.at('tracer_provider'), merge),
    logs: processed(file.at('logger_provider'), merge),
    metrics: metricOptions(metrics, merge),
    exporter: { prometheus: prometheus(metrics) },
  };
}

function optIns(general: ConfigNode): string[] {
  const semconv = general.at('http').at('semconv');
  semconv.at('version').is(1);
  semconv.at('experimental').is(false);
  const inBoth = semconv.at('dual_emit').take<boolean>() ? ['http/dup'] : [];
  const list = general.at('stability_opt_in_list').take<string>();
  return [...inBoth, ...(list?.split(',') ?? [])];
}

const LEVELS: Readonly<Record<string, string>> = { trace: 'verbose', fatal: 'error' };

function logLevel(severity: string | undefined): string | undefined {
  const name = severity?.replace(/\d$/, '');
  return name && (LEVELS[name] ?? name);
}

/** `{ attribute_count_limit: 5 }` as `{ attributeCountLimit: 5 }`: for what the options call the same. */
function camelCased(node: ConfigNode): object {
  const entries = node.entries().map(([name, each]) => [camelCase(name), each.take()]);
  return Object.fromEntries(entries);
}

function resourceAttributes(resource: ConfigNode, merge: ConfigPackage): object {
  const attributes = resource.at('attributes').take<Pair[]>();
  const list = resource.at('attributes_list').take<string>();
  const pairs = merge.mergeResourceAttributesConfig(attributes, list) ?? [];
  return Object.fromEntries(pairs.map(({ name, value }) => [name, value]));
}

const BATCH = ['schedule_delay', 'export_timeout', 'max_queue_size', 'max_export_batch_size'];

/** Traces and logs: a processor over OTLP and others to stdout share its batch. */
function processed(provider: ConfigNode, merge: ConfigPackage): object {
  const limits = camelCased(provider.at('limits'));
  provider.at('id_generator').at('random').take();
  const all = provider.at('processors').items().map(kindOf);
  const main = mainOf(all);
  return { ...exported(all, main, merge), ...(main ? { batch: batchOptions(main) } : {}), limits };
}

function kindOf(processor: ConfigNode): ConfigNode {
  return processor.at(processor.at('simple').isThere ? 'simple' : 'batch');
}

/** A simple processor is a batch of one that does not wait. */
function batchOptions(processor: ConfigNode): object {
  if (processor.path.endsWith('/simple')) return { scheduleDelay: 0, maxExportBatchSize: 1 };
  return Object.fromEntries(BATCH.map((name) => [camelCase(name), processor.at(name).take()]));
}

const OTLP = { otlp_http: 'http/protobuf', otlp_grpc: 'grpc' };

/** The first that sends over OTLP, else the first: there is one receiver and one batch for a signal. */
function mainOf(all: ConfigNode[]): ConfigNode | undefined {
  return all.find(isOverOtlp) ?? all[0];
}

function isOverOtlp(processor: ConfigNode): boolean {
  return Object.keys(OTLP).some((name) => processor.at('exporter').at(name).isThere);
}

/** A second one over OTLP is left, and thereby named. */
function exported(all: ConfigNode[], main: ConfigNode | undefined, merge: ConfigPackage): object {
  const found = all
    .filter((each) => each === main || !isOverOtlp(each))
    .map((each) => exporterOptions(each.at('exporter'), merge));
  const otlpHttp = found.find((each) => each.otlpHttp)?.otlpHttp;
  const exporters = [...new Set(found.flatMap((each) => each.exporters))];
  return otlpHttp ? { exporters, otlpHttp } : { exporters };
}

interface FoundExporter {
  readonly exporters: string[];
  readonly otlpHttp?: object;
}

/** What one exporter of the file is called here, and where it sends. */
function exporterOptions(exporter: ConfigNode, merge: ConfigPackage): FoundExporter {
  if (exporter.at('console').isThere) {
    exporter.at('console').take();
    return { exporters: ['console'] };
  }
  const stdout = exporter.at('otlp_file/development');
  if (stdout.isThere && toStdout(stdout.at('output_stream'))) {
    if (stdout.isBare) stdout.take();
    return { exporters: ['otlp/stdout'] };
  }
  for (const [name, protocol] of Object.entries(OTLP)) {
    const otlp = exporter.at(name);
    if (otlp.isThere) return { exporters: ['otlp'], otlpHttp: otlpOptions(otlp, protocol, merge) };
  }
  return { exporters: [] };
}

/** Another stream is left, and thereby named. */
function toStdout(stream: ConfigNode): boolean {
  return !stream.isThere || stream.is('stdout');
}

function otlpOptions(otlp: ConfigNode, protocol: string, merge: ConfigPackage): object {
  if (otlp.isBare) otlp.take();
  const tls = otlp.at('tls');
  const list = otlp.at('headers_list').take<string>();
  return {
    protocol,
    endpoint: otlp.at('endpoint').take(),
    encoding: otlp.at('encoding').take(),
    compression: otlp.at('compression').take(),
    timeout: otlp.at('timeout').take(),
    headers: merge.mergeHeadersConfig(otlp.at('headers').take<Pair[]>(), list),
    insecure: tls.at('insecure').take(),
    tls: {
      caFile: tls.at('ca_file').take(),
      keyFile: tls.at('key_file').take(),
      certFile: tls.at('cert_file').take(),
    },
  };
}

function metricOptions(provider: ConfigNode, merge: ConfigPackage): object {
  const readers = provider.at('readers').items();
  const all = readers.map((reader) => reader.at('periodic')).filter(({ isThere }) => isThere);
  const main = mainOf(all);
  return {
    interval: main?.at('interval').take(),
    timeout: main?.at('timeout').take(),
    ...(main ? preferences(main.at('exporter')) : {}),
    ...exported(all, main, merge),
    exemplarFilter: provider.at('exemplar_filter').take(),
  };
}

function preferences(exporter: ConfigNode): object {
  const otlp = ['otlp_http', 'otlp_grpc', 'otlp_file/development']
    .map((name) => exporter.at(name))
    .find(({ isThere }) => isThere);
  const temporality = otlp?.at('temporality_preference').take<string>();
  return {
    temporalityPreference: temporality?.replace('_', ''),
    defaultHistogramAggregation: otlp?.at('default_histogram_aggregation').take(),
  };
}

function prometheus(provider: ConfigNode): object | undefined {
  for (const reader of provider.at('readers').items()) {
    const found = reader.at('pull').at('exporter').at('prometheus/development');
    if (!found.isThere) continue;
    if (found.isBare) found.take();
    return { host: found.at('host').take(), port: found.at('port').take() };
  }
  return undefined;
}
