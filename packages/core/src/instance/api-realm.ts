const API = Symbol.for('opentelemetry.js.api.1');

/** Whether something is registered with this realm's OpenTelemetry API under that name; the API itself offers no such question. */
export function isRegistered(name: 'diag' | 'trace'): boolean {
  const api = (globalThis as Record<symbol, unknown>)[API];
  return (api as Record<string, unknown> | undefined)?.[name] !== undefined;
}
