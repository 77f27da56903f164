import { type InitOptions, init, type Telemetry } from '@org/otel-core';
import {
  type Collector,
  type ExpectedTrace,
  type ExpectTraceOptions,
  expectTrace,
  type MatchedTrace,
  startCollector,
} from '@org/otel-testing';

/**
 * Telemetry of a test: a collector in this process, and `init()` that reports to it.
 *
 * @example
 * ```ts
 * let telemetry: TestTelemetry;
 * beforeAll(async () => {
 *   telemetry = await testTelemetry();
 * });
 * ```
 */
export interface TestTelemetry extends AsyncDisposable {
  /** For `expectLog`, `expectMetric` and the rest of `@org/otel-testing`. */
  readonly collector: Collector;
  /** The handle of `init()`. */
  readonly telemetry: Telemetry;
  /** Sends everything that was recorded until now to the collector. */
  flush(): Promise<void>;
  /** Waits until one trace is exactly the expected tree, and returns it; flushes before and after. Rejects as `expectTrace()` of `@org/otel-testing` does. */
  expectTrace(expected: ExpectedTrace, options?: ExpectTraceOptions): Promise<MatchedTrace>;
  /** Forgets what was recorded until now: for `afterEach`. */
  clear(): Promise<void>;
  /** Takes telemetry and collector down: for `afterAll`, after `app.close()`. */
  close(): Promise<void>;
}

/**
 * Starts telemetry for tests of a Nest application: call it before `Test.createTestingModule()`. The module of the
 * application, `OtelModule` in whatever form, then uses it, whatever `forRoot()` was given, and also where it had
 * started telemetry when its file was loaded: that is shut down first.
 *
 * @param options - Those of `init()`; the endpoint is the collector's. Default: `{}`.
 * @throws Error when telemetry cannot start, as with `OTEL_SDK_DISABLED=true`.
 * @example
 * ```ts
 * await using telemetry = await testTelemetry({ serviceName: 'shop' });
 * const module = await Test.createTestingModule({ imports: [AppModule] }).compile();
 * ```
 */
export async function testTelemetry(options: InitOptions = {}): Promise<TestTelemetry> {
  await init().shutdown();
  const collector = await startCollector();
  const otlpHttp = { ...options.exporter?.otlpHttp, endpoint: collector.url };
  const telemetry = init({ ...options, exporter: { ...options.exporter, otlpHttp } });
  if (!telemetry.enabled) {
    await collector.close();
    throw new Error('testTelemetry(): telemetry does not start; is OTEL_SDK_DISABLED set to true?');
  }
  return handle(collector, telemetry);
}

function handle(collector: Collector, telemetry: Telemetry): TestTelemetry {
  const flush = () => telemetry.forceFlush();
  async function close(): Promise<void> {
    await telemetry.shutdown();
    await collector.close();
  }
  return {
    collector,
    telemetry,
    flush,
    async expectTrace(expected, options) {
      await flush();
      return expectTrace(collector, expected, { settle: flush, ...options });
    },
    async clear() {
      await flush();
      collector.clear();
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
