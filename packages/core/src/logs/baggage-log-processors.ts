import { ROOT_CONTEXT } from '@opentelemetry/api';
import type { LogRecordProcessor } from '@opentelemetry/sdk-logs';
import { baggageAttributes } from '../context/baggage-attributes.ts';

/** Copies the listed keys of the context's baggage to every log record; nothing where none is listed. */
export function baggageLogProcessors(keys: readonly string[]): LogRecordProcessor[] {
  if (keys.length === 0) return [];
  const processor: LogRecordProcessor = {
    onEmit: (record, context = ROOT_CONTEXT) =>
      baggageAttributes(keys, context, (key, value) => record.setAttribute(key, value)),
    async forceFlush() {},
    async shutdown() {},
  };
  return [processor];
}
