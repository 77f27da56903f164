import { MetricReader } from '@opentelemetry/sdk-metrics';

/** A reader of the SDK's instruments that collects when it is asked to. */
export class PulledReader extends MetricReader {
  protected override async onForceFlush(): Promise<void> {}
  protected override async onShutdown(): Promise<void> {}
}
