const API = Symbol.for('opentelemetry.js.api.1');

/** What is registered with this realm's OpenTelemetry API, by whichever copy of it. */
export interface GlobalApi {
  /** Of the copy that registered first. */
  readonly version: string;
  readonly trace?: unknown;
  readonly diag?: unknown;
}

export function globalApi(): GlobalApi | undefined {
  return (globalThis as Record<symbol, unknown>)[API] as GlobalApi | undefined;
}

/** Whether something is registered with this realm's OpenTelemetry API under that name; the API itself offers no such question. */
export function isRegistered(name: 'diag' | 'trace'): boolean {
  return globalApi()?.[name] !== undefined;
}
