import type { Attributes } from '@opentelemetry/api';
import type { SpanSubject } from './span-subject.ts';

/** The subject of a span whose attributes are there already. */
export class GivenSubject implements SpanSubject {
  readonly #attributes: Attributes | undefined;

  constructor(attributes: Attributes | undefined) {
    this.#attributes = attributes;
  }

  get method(): string | undefined {
    return textOf(this.#attributes?.['http.request.method']);
  }

  get path(): string | undefined {
    return textOf(this.#attributes?.['url.path']);
  }

  attributes(): Attributes | undefined {
    return this.#attributes;
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
