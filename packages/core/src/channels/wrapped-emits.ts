import type { EventEmitter } from 'node:events';
import { type Emit, wrapEmit } from './wrap-emit.ts';

/** Prototypes whose `emit` was wrapped, each of them once. */
export class WrappedEmits {
  readonly #restores = new Map<object, () => void>();

  wrap(prototype: EventEmitter, wrap: (emit: Emit) => Emit): void {
    if (!this.#restores.has(prototype)) this.#restores.set(prototype, wrapEmit(prototype, wrap));
  }

  restore(): void {
    for (const restore of this.#restores.values()) restore();
  }
}
