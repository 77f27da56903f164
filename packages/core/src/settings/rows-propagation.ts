import { listOf } from './list-of.ts';
import type { PropagatorName } from './options.ts';
import { setting } from './setting.ts';

export const propagationRows = {
  propagators: setting<readonly PropagatorName[]>({
    variables: ['OTEL_PROPAGATORS'],
    options: ['propagators'],
    kind: listOf(['tracecontext', 'baggage', 'none']),
    fallback: ['tracecontext', 'baggage'],
    says: 'How trace context and baggage travel in headers.',
  }),
};
