import type { Part } from './parts.ts';

/** A Collector's components, each as `core name` or `contrib name`. */
export interface CollectorComponents {
  name: string;
  /** Of the components. */
  version: string;
  /** Of the confmap providers, which count separately. */
  confmap: string;
  receivers: string[];
  processors: string[];
  exporters: string[];
  connectors?: string[];
  extensions?: string[];
}

/** The recipe of a Collector, as the manifest that the OpenTelemetry Collector Builder reads. */
export function collectorPart(components: CollectorComponents): Part & { kind: 'collector' } {
  const { name, version, confmap } = components;
  const modules = (kind: string, names: string[] = []) =>
    names.map((each) => ({ gomod: `${modulePath(kind, each)} v${version}` }));
  return {
    kind: 'collector',
    builder: 'go.opentelemetry.io/collector/cmd/builder@v0.159.0',
    manifest: {
      dist: { module: `local/${name}`, name, version, description: 'A collector for tests' },
      receivers: modules('receiver', components.receivers),
      processors: modules('processor', components.processors),
      exporters: modules('exporter', components.exporters),
      connectors: modules('connector', components.connectors),
      extensions: modules('extension', components.extensions),
      providers: ['env', 'file', 'yaml'].map((provider) => ({
        gomod: `${repositories.core}/confmap/provider/${provider}provider v${confmap}`,
      })),
    },
  };
}

const repositories = {
  core: 'go.opentelemetry.io/collector',
  contrib: 'github.com/open-telemetry/opentelemetry-collector-contrib',
};

function modulePath(kind: string, component: string): string {
  const [repository = '', name = ''] = component.split(' ');
  if (repository !== 'core' && repository !== 'contrib') {
    throw new Error(
      `collector component: expected "core name" or "contrib name", got "${component}"`,
    );
  }
  // storage extensions carry their whole folder
  const folder = name.includes('/') ? name : `${name}${kind}`;
  return `${repositories[repository]}/${kind}/${folder}`;
}
