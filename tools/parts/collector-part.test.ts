import { describe, expect, it } from 'vitest';
import { collectorPart } from './collector-part.ts';

const components = {
  name: 'otelcol-test',
  version: '0.1.0',
  confmap: '1.2.0',
  receivers: ['core otlp'],
  processors: [],
  exporters: ['contrib file'],
  extensions: ['contrib storage/filestorage'],
};

describe('collectorPart', () => {
  it('names the Go module of each component', () => {
    expect(collectorPart(components).manifest).toMatchObject({
      receivers: [{ gomod: 'go.opentelemetry.io/collector/receiver/otlpreceiver v0.1.0' }],
      exporters: [
        {
          gomod:
            'github.com/open-telemetry/opentelemetry-collector-contrib/exporter/fileexporter v0.1.0',
        },
      ],
      extensions: [
        {
          gomod:
            'github.com/open-telemetry/opentelemetry-collector-contrib/extension/storage/filestorage v0.1.0',
        },
      ],
    });
  });

  it('refuses a component without its repository', () => {
    expect(() => collectorPart({ ...components, receivers: ['otlp'] })).toThrow('got "otlp"');
  });
});
