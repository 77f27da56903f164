import { harmless } from '../lifecycle/harmless.ts';
import { warn } from '../lifecycle/warnings.ts';
import type { InstrumentInfo } from './duration-histogram.ts';

/** Hears of an instrument once: when it is created, or at once if it already exists. */
export type InstrumentListener = (instrument: InstrumentInfo) => void;

/** Tells listeners of every instrument, those that exist already included. */
export class InstrumentNews {
  readonly #known = new Map<string, InstrumentInfo>();
  readonly #listeners: ReadonlySet<InstrumentListener>;

  constructor(listeners: ReadonlySet<InstrumentListener>) {
    this.#listeners = listeners;
  }

  announce(instrument: InstrumentInfo): void {
    if (this.#known.has(instrument.name)) return;
    this.#known.set(instrument.name, instrument);
    for (const listener of this.#listeners) tell(listener, instrument);
  }

  repeatTo(listener: InstrumentListener): void {
    for (const instrument of this.#known.values()) tell(listener, instrument);
  }
}

/** A listener that fails keeps neither the instrument from its maker nor the others from hearing of it. */
function tell(listener: InstrumentListener, instrument: InstrumentInfo): void {
  if (harmless(() => listener(instrument))) return;
  warn('instrument listener', 'a listener given to onInstrument() failed and is left out');
}
