import type { Attributes } from '@opentelemetry/api';
import { cleanAttributes } from '@opentelemetry/core';
import { harmless } from '../lifecycle/harmless.ts';
import { setOwn } from '../lifecycle/proto-key.ts';
import type { SpanLimitSettings } from '../settings/settings.ts';

/** The attributes of a span within its limits. Plain values are taken at once; everything else is examined and copied. */
export class SpanAttributes {
  dropped = 0;
  readonly #limits: SpanLimitSettings;
  #values: Attributes | undefined;
  #count = 0;

  constructor(limits: SpanLimitSettings) {
    this.#limits = limits;
  }

  get values(): Attributes {
    this.#values ??= {};
    return this.#values;
  }

  /** Takes an object of our own making as it is: its keys and values need no examination, and nobody else holds it. */
  adopt(own: Attributes): void {
    let count = 0;
    for (const _key in own) count++;
    const { attributeCountLimit, attributeValueLengthLimit } = this.#limits;
    if (count > attributeCountLimit || attributeValueLengthLimit < Infinity) this.setAll(own);
    else {
      this.#values = own;
      this.#count = count;
    }
  }

  /** One that cannot be read keeps no other from its place. */
  setAll(attributes: Attributes): void {
    harmless(() => {
      for (const key of Object.keys(attributes)) this.#trySet(key, attributes);
    });
  }

  #trySet(key: string, attributes: Attributes): void {
    try {
      this.set(key, attributes[key]);
    } catch {
      // left out
    }
  }

  /** May throw what a hostile value throws. */
  set(key: string, value: unknown): void {
    if (value === undefined || typeof key !== 'string' || key === '') return;
    const isNew = !Object.hasOwn(this.values, key);
    if (isNew && this.#count >= this.#limits.attributeCountLimit) {
      this.dropped++;
      return;
    }
    const kept = this.#cleaned(value);
    if (kept === undefined) return;
    setOwn(this.values, key, kept);
    if (isNew) this.#count++;
  }

  #cleaned(value: unknown): Attributes[string] {
    if (typeof value === 'number' || typeof value === 'boolean') return value;
    const { attributeValueLengthLimit } = this.#limits;
    if (typeof value === 'string' && value.length <= attributeValueLengthLimit) return value;
    const limits = { attributeCountLimit: 1, attributeValueLengthLimit };
    return cleanAttributes({ value: value as Attributes[string] }, limits).attributes?.['value'];
  }
}
