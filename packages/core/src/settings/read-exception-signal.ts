import type { ExceptionSignal } from '../channels/exception-signal.ts';
import type { Environment } from './environment.ts';

const VARIABLE = 'OTEL_SEMCONV_EXCEPTION_SIGNAL_OPT_IN';
const optIns = ['logs', 'logs/dup'] as const;
const signals: readonly unknown[] = ['events', ...optIns];

/** Where exceptions go: option, then variable, then the events of spans. */
export function readExceptionSignal(
  env: Environment,
  option: ExceptionSignal | undefined,
): ExceptionSignal {
  const fallback = env.choice<ExceptionSignal>([VARIABLE], optIns, 'events');
  if (option === undefined) return fallback;
  if (signals.includes(option)) return option;
  env.report('exceptionSignal', String(option), `one of ${signals.join(', ')}`, fallback);
  return fallback;
}
