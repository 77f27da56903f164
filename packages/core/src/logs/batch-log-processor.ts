import type {
  LogRecordProcessor,
  ReadableLogRecord,
  ReadWriteLogRecord,
} from '@opentelemetry/sdk-logs';
import type { Batcher } from '../export/batcher.ts';

/** Every emitted record enters the batch. */
export class BatchLogProcessor implements LogRecordProcessor {
  readonly #batcher: Batcher<ReadableLogRecord>;

  constructor(batcher: Batcher<ReadableLogRecord>) {
    this.#batcher = batcher;
  }

  onEmit(record: ReadWriteLogRecord): void {
    this.#batcher.add(record);
  }

  forceFlush(): Promise<void> {
    return this.#batcher.flush();
  }

  shutdown(): Promise<void> {
    return this.#batcher.shutdown();
  }
}
