import { expect, it, vi } from 'vitest';
import { goPart, optionalPart } from '../tools/cache.ts';
import { startService } from './chain/start-service.ts';
import { readDataSource } from './logs/grafana-files.ts';
import { startPrometheus } from './metrics/start-prometheus.ts';
import { freePort } from './support/free-port.ts';

const binary = await optionalPart(goPart('prometheus'));

interface TracesToMetrics {
  tags: { key: string; value: string }[];
  queries: { name: string; query: string }[];
}

/** What the span of a trace says of its service, as the label that the data source makes of it. */
const service = 'gateway';

it.skipIf(!binary)(
  'a span opens the figures of its service, and their exemplars open traces',
  async () => {
    const { jsonData } = await readDataSource('tempo');
    const { tags, queries } = jsonData['tracesToMetrics'] as TracesToMetrics;
    const labels = tags.map(({ key, value }) => {
      expect(key).toBe('service.name');
      return `${value}="${service}"`;
    });
    await using prometheus = await startPrometheus(String(binary));
    // nobody is behind it: each request is a failed one
    await using gateway = await startService(service, {
      API_NODE_URL: `http://127.0.0.1:${await freePort()}`,
      OTEL_TRACES_EXPORTER: 'none',
      OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: `${prometheus.url}/api/v1/otlp/v1/metrics`,
      OTEL_METRIC_EXPORT_INTERVAL: '500',
    });
    for (const { name, query } of queries) {
      const expression = query.replaceAll('$__tags', labels.join(', '));
      await vi.waitFor(
        async () => {
          const { status } = await fetch(`http://127.0.0.1:${gateway.port}/something`);
          expect(status).toBe(502);
          const series = await prometheus.query(expression);
          expect(
            series.filter(({ value }) => value > 0),
            name,
          ).not.toEqual([]);
        },
        { timeout: 60_000, interval: 250 },
      );
    }

    const { jsonData: ofPrometheus } = await readDataSource('prometheus');
    const [destination] = ofPrometheus['exemplarTraceIdDestinations'] as { name: string }[];
    const kept = await prometheus.exemplars('http_server_request_duration_seconds_bucket');
    expect(kept.length).toBeGreaterThan(0);
    for (const exemplar of kept)
      expect(exemplar.labels[destination?.name ?? '']).toMatch(/^[0-9a-f]{32}$/);
  },
);
