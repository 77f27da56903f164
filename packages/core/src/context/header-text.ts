import type { TextMapGetter } from '@opentelemetry/api';

/** The value of a header, its lines joined as HTTP joins them; undefined where it is not there or no text. */
export function headerText(
  carrier: unknown,
  getter: TextMapGetter,
  name: string,
): string | undefined {
  const value: unknown = getter.get(carrier, name);
  if (typeof value === 'string') return value;
  if (!Array.isArray(value)) return undefined;
  const lines = value.filter((line) => typeof line === 'string');
  return lines.length > 0 ? lines.join(',') : undefined;
}
