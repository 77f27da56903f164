import type { Sampler, TracerProvider } from '@opentelemetry/api';
import { orElse, textOf } from '../lifecycle/harmless.ts';
import type { HeadSampler } from './head-sampler.ts';
import type { SpanRecorder } from './span-recorder.ts';
import { SamplingTracer } from './tracer.ts';

/** The TracerProvider registered with the API: sampling is ours and comes first, recording is the SDK's. */
export class SamplingTracerProvider implements TracerProvider {
  readonly #tracers = new Map<string, SamplingTracer>();
  readonly #latest = new Map<string, Latest>();
  readonly #sampler: HeadSampler | Sampler;
  readonly #recorder: SpanRecorder;

  constructor(sampler: HeadSampler | Sampler, recorder: SpanRecorder) {
    this.#sampler = sampler;
    this.#recorder = recorder;
  }

  getTracer(name: string, version?: string, options?: { schemaUrl?: string }): SamplingTracer {
    return orElse(
      () => this.#tracerOf(name, version, options),
      () => this.#tracerOf(textOf(name)),
    );
  }

  #tracerOf(name: string, version?: string, options?: { schemaUrl?: string }): SamplingTracer {
    const latest = this.#latest.get(name);
    const schemaUrl = options?.schemaUrl;
    if (latest && latest.version === version && latest.schemaUrl === schemaUrl) {
      return latest.tracer;
    }
    const tracer = this.#anyTracerOf(name, version, options);
    this.#latest.set(name, { version, schemaUrl, tracer });
    return tracer;
  }

  #anyTracerOf(name: string, version?: string, options?: { schemaUrl?: string }): SamplingTracer {
    const key = `${name}@${version ?? ''}:${options?.schemaUrl ?? ''}`;
    const known = this.#tracers.get(key);
    if (known) return known;
    const tracer = new SamplingTracer({ name, version, options }, this.#sampler, this.#recorder);
    this.#tracers.set(key, tracer);
    return tracer;
  }
}

/** What the last caller with a name got: most names come with one version, and asking for each span is common. */
interface Latest {
  readonly version: string | undefined;
  readonly schemaUrl: string | undefined;
  readonly tracer: SamplingTracer;
}
