import type { Attributes } from '@opentelemetry/api';
import { type Resource, resourceFromAttributes } from '@opentelemetry/resources';

/** Attributes that are still looked for. */
export type Pending = Promise<Attributes>;

/**
 * A resource whose last attributes may still be on their way. `waitForAsyncAttributes` resolves when they are here or the time is
 * over; what comes later is left out, so that the resource of a process never changes after its first export.
 */
export class SettlingResource implements Resource {
  readonly #known: Attributes;
  readonly #settled: Promise<void>;
  #resource: Resource;
  readonly #stop = Promise.withResolvers<void>();
  #pending = true;

  constructor(known: Attributes, pending: readonly Pending[], timeoutMillis: number) {
    this.#known = known;
    this.#resource = resourceFromAttributes(known);
    const looking = pending.map((each) => each.then((found) => this.#add(found)));
    const end = Promise.race([
      Promise.allSettled(looking),
      timeOver(timeoutMillis),
      this.#stop.promise,
    ]);
    this.#settled = end.then(() => {
      this.#pending = false;
    });
  }

  /** Waits no longer: the process ends. */
  settle(): void {
    this.#stop.resolve();
  }

  get attributes(): Attributes {
    return this.#resource.attributes;
  }

  get asyncAttributesPending(): boolean {
    return this.#pending;
  }

  waitForAsyncAttributes(): Promise<void> {
    return this.#settled;
  }

  merge(other: Resource | null): Resource {
    return this.#resource.merge(other);
  }

  getRawAttributes(): ReturnType<Resource['getRawAttributes']> {
    return this.#resource.getRawAttributes();
  }

  /** What was known at the start, and what settings say, wins. */
  #add(found: Attributes): void {
    if (!this.#pending) return;
    this.#resource = resourceFromAttributes({
      ...this.#resource.attributes,
      ...found,
      ...this.#known,
    });
  }
}

/** Holds no process that would end before. */
function timeOver(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref();
  });
}
