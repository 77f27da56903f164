import { expect, it } from 'vitest';
import { listening } from './support/listening.ts';
import { spawnApp } from './support/spawn-app.ts';

const fixture = new URL('./fixtures/delivery/large-spans.mjs', import.meta.url).pathname;

interface Said {
  readonly rounds: readonly { readonly cpu: number; readonly clock: number }[];
  readonly stats: object;
}

it.each(['http/protobuf', 'http/json'])(
  '512 spans with 128 attributes of 1 KB over %s: the event loop stands still for 50 ms at most, all delivered',
  async (protocol) => {
    await using sink = await listening((_, response) => response.end());
    const env = {
      OTEL_EXPORTER_OTLP_ENDPOINT: sink.url,
      OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
      OTEL_METRICS_EXPORTER: 'none',
    };
    await using app = await spawnApp(fixture, { env, ready: false });
    expect(await app.exited, app.stderr).toEqual({ code: 0, signal: null });
    const { rounds, stats } = JSON.parse(app.stdout) as Said;
    expect(stats).toEqual({ queued: 0, exported: 5 * 512, dropped: 0, failed: 0 });
    const best = Math.min(...rounds.map(({ cpu }) => cpu));
    expect(best, JSON.stringify(rounds)).toBeLessThanOrEqual(50);
  },
);
