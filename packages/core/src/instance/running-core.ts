import { trace } from '@opentelemetry/api';
import { recordException } from '../channels/record-exception.ts';
import { ServerRequest } from '../channels/server-request.ts';
import { requestOfNow } from '../context/request-context.ts';
import type { MetricPipeline } from '../metrics/metric-pipeline.ts';
import type { Telemetry } from '../telemetry.ts';
import type { ApiGlobals } from './api-globals.ts';
import type { RunningCore } from './shared-core.ts';

/** What adapters and other copies of this package reach of the copy that runs. */
export function runningCore(
  telemetry: Telemetry,
  globals: ApiGlobals,
  { collection, news }: MetricPipeline,
  disabled: ReadonlySet<string>,
): RunningCore {
  return {
    telemetry,
    globals,
    isDisabled: (name) => disabled.has(name),
    setRoute: (request, route) => ServerRequest.of(request)?.setRoute(route),
    recordError(request, error) {
      const state = request && ServerRequest.of(request);
      if (state) state.recordError(error);
      else recordException(trace.getActiveSpan(), error);
    },
    activeRequest: requestOfNow,
    collectMetrics: (without) => collection.collect(without),
    repeatInstruments: (listener) => news.repeatTo(listener),
  };
}
