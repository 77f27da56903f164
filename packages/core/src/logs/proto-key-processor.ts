import type { LogRecordProcessor } from '@opentelemetry/sdk-logs';
import { showProtoKey } from '../lifecycle/proto-key.ts';

/** Gives an attribute its name `__proto__` back, which the logger hid from the SDK; the first of the processors. */
export const protoKeyProcessor: LogRecordProcessor = {
  onEmit(record) {
    const attributes = showProtoKey(record.attributes);
    if (attributes !== record.attributes) Object.assign(record, { attributes });
  },
  async forceFlush() {},
  async shutdown() {},
};
