import type { EventEmitter } from 'node:events';

export type Emit = EventEmitter['emit'];

/** Puts a function of ours before the `emit` of one of Node's prototypes. Returns the function that takes it away. */
export function wrapEmit(prototype: EventEmitter, wrap: (emit: Emit) => Emit): () => void {
  const own = Object.getOwnPropertyDescriptor(prototype, 'emit');
  const wrapped = wrap(prototype.emit);
  Object.defineProperty(prototype, 'emit', { value: wrapped, writable: true, configurable: true });
  return () => {
    if (prototype.emit !== wrapped) return; // somebody wrapped ours: taking it away would take theirs
    if (own) Object.defineProperty(prototype, 'emit', own);
    else delete (prototype as { emit?: Emit }).emit;
  };
}
