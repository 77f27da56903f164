import type { LogRecordProcessor as SdkLogRecordProcessor } from '@opentelemetry/sdk-logs';
import { bounded } from '../lifecycle/bounded.ts';
import { guarded } from '../lifecycle/guarded.ts';
import type { EmittedLogRecord, LogRecordProcessor } from '../settings/extensions-option.ts';

/** A processor of the application's own: what it throws is said, and the record goes on. One that hangs is not waited for. */
export function guardedLogProcessor(own: LogRecordProcessor): SdkLogRecordProcessor {
  const onEmit = guarded('onEmit of a log record processor', (record, context) =>
    own.onEmit(record as EmittedLogRecord, context),
  ) as SdkLogRecordProcessor['onEmit'];
  return {
    onEmit,
    forceFlush: () => bounded('forceFlush of a log record processor', () => own.forceFlush()),
    shutdown: () => bounded('shutdown of a log record processor', () => own.shutdown()),
  };
}
