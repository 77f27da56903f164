import type { Context, TextMapGetter, TextMapPropagator, TextMapSetter } from '@opentelemetry/api';
import { textOf } from '../lifecycle/harmless.ts';
import { warn } from '../lifecycle/warnings.ts';

/** A propagator that reads more headers than it writes says so. */
type Format = TextMapPropagator & { readonly incomingFields?: readonly string[] };

/** Several formats in their order. What one of them throws is said, and touches neither the others nor the request. */
export class HeaderPropagator implements TextMapPropagator {
  /** Lower-case names of the headers that `extract` may read: where none is there, it has nothing to do. */
  readonly incomingFields: readonly string[];
  readonly #formats: readonly Format[];

  constructor(formats: readonly Format[]) {
    this.#formats = formats;
    const fields = formats.flatMap((format) => format.incomingFields ?? format.fields());
    this.incomingFields = [...new Set(fields.map((field) => field.toLowerCase()))];
  }

  inject<Carrier>(context: Context, carrier: Carrier, setter: TextMapSetter<Carrier>): void {
    for (const format of this.#formats) {
      try {
        format.inject(context, carrier, setter);
      } catch (error) {
        sayFailure(error);
      }
    }
  }

  extract<Carrier>(context: Context, carrier: Carrier, getter: TextMapGetter<Carrier>): Context {
    let extracted = context;
    for (const format of this.#formats) {
      try {
        extracted = format.extract(extracted, carrier, getter);
      } catch (error) {
        sayFailure(error);
      }
    }
    return extracted;
  }

  fields(): string[] {
    return [...new Set(this.#formats.flatMap((format) => format.fields()))];
  }
}

function sayFailure(error: unknown): void {
  warn('failure in a propagator', `a propagator failed and is left out: ${textOf(error)}`);
}
