import {
  type Attributes,
  type Context,
  context,
  type Meter,
  type MetricAdvice,
  type MetricOptions,
  trace,
  ValueType,
} from '@opentelemetry/api';
import type { InstrumentInfo } from './duration-histogram.ts';
import { type ExemplarFilterName, exemplarFilters } from './exemplar-filter.ts';
import { alignedReservoir, fixedSizeReservoir } from './exemplar-reservoir.ts';
import { InstrumentExemplars } from './instrument-exemplars.ts';
import { boundariesOf, joinExemplars } from './join-exemplars.ts';
import type { MetricData, ScopeMetrics } from './metric-model.ts';
import { SeriesLimit } from './series-limit.ts';

/** Takes a measurement that was recorded, and keeps it as an exemplar if it is to be one. */
export type Offer = (value: unknown, attributes?: Attributes, active?: Context) => void;

/** What the instrument is to be made with, and where its measurements are offered. */
export interface WithExemplars {
  readonly options: MetricOptions | undefined;
  readonly offer: Offer | undefined;
  readonly limit: SeriesLimit;
}

interface Known {
  readonly advice: MetricAdvice;
  readonly exemplars: InstrumentExemplars;
  readonly limit: SeriesLimit;
}

/** The SDK's own default. */
const DEFAULT_BOUNDARIES = [
  0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10_000,
];

/**
 * What the SDK does not do for the instruments of the API: exemplars, which are kept beside its own state and joined to
 * its points when they are collected, and a limit of series that holds from one collection to the next.
 */
export class ApiExemplars {
  readonly #filter: ExemplarFilterName;
  readonly #byMeter = new WeakMap<Meter, Map<string, Known>>();
  readonly #byAdvice = new WeakMap<object, Known>();

  constructor(filter: ExemplarFilterName) {
    this.#filter = filter;
  }

  /** Of an instrument about to be made. Instruments the SDK takes for the same have the same exemplars. */
  of(
    meter: Meter,
    type: InstrumentInfo['type'],
    name: string,
    options: MetricOptions = {},
  ): WithExemplars {
    const { advice, exemplars, limit } = this.#known(meter, type, name, options);
    const withAdvice = { ...options, advice };
    if (this.#filter === 'always_off') return { options: withAdvice, offer: undefined, limit };
    const offer = offerTo(exemplars, this.#filter, {
      onlyGrows: type === 'counter' || type === 'histogram',
      isWhole: options.valueType === ValueType.INT,
    });
    return { options: withAdvice, offer, limit };
  }

  join(scopeMetrics: ScopeMetrics[]): ScopeMetrics[] {
    return scopeMetrics.map((each) => ({
      ...each,
      metrics: each.metrics.map((metric) => this.#joined(metric)),
    }));
  }

  #joined(metric: MetricData): MetricData {
    const { advice } = metric.descriptor as { advice?: object };
    const known = advice && this.#byAdvice.get(advice);
    if (!known) return metric;
    const limited = known.limit.apply(metric);
    suit(known.exemplars, limited);
    return joinExemplars(limited, known.exemplars.collect());
  }

  /**
   * The SDK hands an instrument's advice on to every stream that views make of it, whatever they call it: it says whose
   * points these are (a test holds the SDK to it).
   */
  #known(
    meter: Meter,
    type: InstrumentInfo['type'],
    name: string,
    { unit = '', valueType = ValueType.DOUBLE, advice }: MetricOptions,
  ): Known {
    const ofMeter = this.#byMeter.get(meter) ?? new Map<string, Known>();
    const key = JSON.stringify([name, type, unit, valueType]);
    const known = ofMeter.get(key) ?? {
      advice: { ...advice },
      exemplars: new InstrumentExemplars(initialReservoir(type, advice)),
      limit: new SeriesLimit(),
    };
    this.#byMeter.set(meter, ofMeter.set(key, known));
    this.#byAdvice.set(known.advice, known);
    return known;
  }
}

function initialReservoir(type: InstrumentInfo['type'], advice: MetricAdvice | undefined) {
  if (type !== 'histogram') return fixedSizeReservoir(1);
  return alignedReservoir(advice?.explicitBucketBoundaries ?? DEFAULT_BOUNDARIES);
}

/** A view or a reader may give an instrument other buckets than it asked for. */
function suit(exemplars: InstrumentExemplars, { dataPointType, dataPoints }: MetricData): void {
  if (dataPointType === 1) exemplars.suitExponential();
  const boundaries = dataPoints[0] && boundariesOf(dataPoints[0]);
  if (boundaries) exemplars.suitBoundaries(boundaries);
}

interface Rules {
  readonly onlyGrows: boolean;
  readonly isWhole: boolean;
}

/** The same measurements as the SDK takes, in the same contexts as the filter takes. */
function offerTo(
  exemplars: InstrumentExemplars,
  filterName: ExemplarFilterName,
  { onlyGrows, isWhole }: Rules,
): Offer {
  const filter = exemplarFilters[filterName];
  const everywhere = filterName === 'always_on';
  return function offer(given, attributes = NONE, active) {
    if (typeof given !== 'number' || Number.isNaN(given) || (onlyGrows && given < 0)) return;
    const value = isWhole ? Math.trunc(given) : given;
    const standsFor = exemplars.standsFor(value);
    if (standsFor === 0) return;
    const span = trace.getSpan(active ?? context.active());
    const kept = span && filter(span);
    if (kept || everywhere) exemplars.offer(value, attributes, kept, standsFor);
  };
}

const NONE: Attributes = {};
