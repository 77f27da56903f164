import { readElsewhere } from './read-elsewhere.ts';

/** Read by readPropagation: each may hold functions and objects of the application's. */
export const propagationRows = {
  propagators: readElsewhere({
    variables: ['OTEL_PROPAGATORS'],
    options: ['propagators'],
    byDefault: 'tracecontext,baggage',
    says: 'How trace context and baggage travel in headers: `tracecontext`, `baggage`, `b3`, `b3multi`, `none`, and `jaeger`, `xray` where their official package is installed; propagators of your own as an option.',
  }),
  trustIncoming: readElsewhere({
    variables: ['OTEL_NODE_TRUST_INCOMING'],
    options: ['trustIncoming'],
    byDefault: 'true',
    says: "Whose trace context is continued: `true`, `false`, or address ranges such as `10.0.0.0/8`; as an option a function too. Another caller's trace is linked to.",
  }),
  baggageHosts: readElsewhere({
    variables: ['OTEL_NODE_BAGGAGE_HOSTS'],
    options: ['baggage.hosts'],
    byDefault: 'internal hosts (docs/propagation.md)',
    says: 'Hosts that get baggage beside the internal ones; `none` for no host at all.',
  }),
  baggageAttributes: readElsewhere({
    variables: ['OTEL_NODE_BAGGAGE_ATTRIBUTES'],
    options: ['baggage.attributes'],
    byDefault: 'none',
    says: 'Baggage keys whose values become attributes of spans and log records.',
  }),
};
