import type { TraceState } from '@opentelemetry/api';
import { isTraceStateKey, isTraceStateValue, traceStateMembers } from './trace-state-members.ts';

const MAX_MEMBERS = 32;

/** A `tracestate` as W3C Trace Context level 2 has it: a changed member moves to the front, the oldest makes room. Immutable. */
export class HeaderTraceState implements TraceState {
  readonly #members: ReadonlyMap<string, string>;

  private constructor(members: ReadonlyMap<string, string>) {
    this.#members = members;
  }

  /** Undefined where the header is empty or against the grammar. */
  static parse(header: string): HeaderTraceState | undefined {
    const members = traceStateMembers(header);
    return members && members.size > 0 ? new HeaderTraceState(members) : undefined;
  }

  /** Unchanged where the key or the value cannot be in a header. */
  set(key: string, value: string): HeaderTraceState {
    if (!isTraceStateKey(key) || !isTraceStateValue(value)) return this;
    const others = [...this.#members].filter(([other]) => other !== key);
    return new HeaderTraceState(new Map([[key, value], ...others.slice(0, MAX_MEMBERS - 1)]));
  }

  unset(key: string): HeaderTraceState {
    return new HeaderTraceState(new Map([...this.#members].filter(([other]) => other !== key)));
  }

  get(key: string): string | undefined {
    return this.#members.get(key);
  }

  serialize(): string {
    return Array.from(this.#members, ([key, value]) => `${key}=${value}`).join(',');
  }
}
