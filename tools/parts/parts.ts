import { collectorPart } from './collector-part.ts';

/** How a real part is built from its published Go module. All of it is data: its hash is the key of the cache. */
export type Part =
  | {
      /** An OpenTelemetry Collector put together from components. */
      kind: 'collector';
      builder: string;
      manifest: object;
    }
  | {
      /** Built inside its folder of the module cache: `go install` refuses modules with replace directives. */
      kind: 'in-module';
      module: string;
      package: string;
      flags?: string[];
      /** Of the module, where Go's checksum database does not know the version; a proxy may not have it either. */
      sum?: string;
    }
  | {
      /** Built from a module of ours that requires it, without one of its replace directives. */
      kind: 'required';
      module: string;
      package: string;
      dropReplace: string;
    }
  | {
      /** `go install`. */
      kind: 'install';
      package: string;
    };

/** A name in the table of parts. */
export type PartName = keyof typeof parts;

/** The real parts that tests and demo can stand on. */
export const parts = {
  'otelcol-small': collectorPart({
    name: 'otelcol-small',
    version: '0.159.0',
    confmap: '1.65.0',
    receivers: ['core otlp', 'contrib filelog'],
    processors: ['core batch', 'core memorylimiter'],
    exporters: ['core debug', 'core otlphttp', 'contrib file'],
  }),
  // one version behind: a newer contrib is not complete on every Go proxy
  'otelcol-big': collectorPart({
    name: 'otelcol-big',
    version: '0.158.0',
    confmap: '1.64.0',
    receivers: ['core otlp', 'contrib filelog', 'contrib hostmetrics'],
    processors: [
      'core batch',
      'core memorylimiter',
      'contrib attributes',
      'contrib filter',
      'contrib probabilisticsampler',
      'contrib redaction',
      'contrib resource',
      'contrib tailsampling',
      'contrib transform',
    ],
    exporters: [
      'core debug',
      'core otlp',
      'core otlphttp',
      'contrib file',
      'contrib loadbalancing',
      'contrib prometheus',
      'contrib prometheusremotewrite',
    ],
    connectors: ['contrib servicegraph', 'contrib spanmetrics'],
    extensions: ['contrib healthcheck', 'contrib storage/filestorage'],
  }),
  prometheus: {
    kind: 'in-module',
    module: 'github.com/prometheus/prometheus@v0.315.0',
    package: './cmd/prometheus',
    flags: ['-tags', 'remove_all_sd'],
  },
  promtool: {
    kind: 'in-module',
    module: 'github.com/prometheus/prometheus@v0.315.0',
    package: './cmd/promtool',
    flags: ['-tags', 'remove_all_sd'],
  },
  jaeger: {
    kind: 'in-module',
    module: 'github.com/jaegertracing/jaeger@v1.76.0',
    package: './cmd/jaeger',
  },
  loki: {
    kind: 'required',
    module: 'github.com/grafana/loki/v3@v3.7.8',
    package: 'github.com/grafana/loki/v3/cmd/loki',
    // replaced by a folder that the published module does not contain
    dropReplace: 'github.com/grafana/loki/pkg/push',
  },
  // its releases are tagged v2 while its module path is not, which Go refuses: a commit of 2025-05, about 2.8
  tempo: {
    kind: 'in-module',
    module: 'github.com/grafana/tempo@v1.5.1-0.20250529124718-87c2dc380cec',
    package: './cmd/tempo',
    sum: 'h1:wnzJov9RhSHGaTYGzTygL4qq986fLen8xSqnQgaMd28=',
  },
  toxiproxy: {
    kind: 'install',
    package: 'github.com/Shopify/toxiproxy/v2/cmd/server@v2.12.0',
  },
} satisfies Record<string, Part>;
