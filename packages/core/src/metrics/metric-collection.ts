import { version } from '../version.ts';
import type { ApiExemplars } from './api-exemplars.ts';
import type { HttpDurations } from './http-durations.ts';
import type { MetricProducer, ResourceMetrics, ScopeMetrics } from './metric-model.ts';
import { countPoints } from './metric-parts.ts';
import { PulledReader } from './pulled-reader.ts';

/** All metrics of the process, from the three places they live: the SDK, the HTTP durations, the producers. */
export class MetricCollection {
  /** Cumulative: collecting twice disturbs nobody. */
  readonly reader = new PulledReader();
  readonly #durations: HttpDurations;
  readonly #exemplars: ApiExemplars;
  readonly #producers: ReadonlySet<MetricProducer>;
  #isRead = false;

  constructor(
    durations: HttpDurations,
    exemplars: ApiExemplars,
    producers: ReadonlySet<MetricProducer>,
  ) {
    this.#durations = durations;
    this.#exemplars = exemplars;
    this.#producers = producers;
  }

  /** Whether somebody has asked for the metrics. */
  get isRead(): boolean {
    return this.#isRead;
  }

  async collect(without?: MetricProducer): Promise<ResourceMetrics> {
    this.#isRead = true;
    const { resourceMetrics } = await this.reader.collect();
    const joined = this.#exemplars.join(resourceMetrics.scopeMetrics);
    const produced = await this.collectProducers(without);
    return {
      resource: resourceMetrics.resource,
      scopeMetrics: [...joined, ...this.#ownScope(), ...produced],
    };
  }

  #ownScope(): ScopeMetrics[] {
    const metrics = this.#durations.collect();
    return metrics.length > 0 ? [{ scope: { name: '@org/otel-core', version }, metrics }] : [];
  }

  /** A producer that fails leaves out its own metrics, not the others'. */
  async collectProducers(without?: MetricProducer): Promise<ScopeMetrics[]> {
    const wanted = [...this.#producers].filter((producer) => producer !== without);
    const results = await Promise.allSettled(wanted.map(scopesOf));
    return results.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
  }
}

async function scopesOf(producer: MetricProducer): Promise<ScopeMetrics[]> {
  const { resourceMetrics } = await producer.collect();
  const scopeMetrics = [...resourceMetrics.scopeMetrics];
  const points = countPoints({ scopeMetrics });
  if (!Number.isSafeInteger(points)) throw new TypeError('its metrics have no data points');
  return scopeMetrics;
}
