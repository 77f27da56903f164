import { type Context, propagation } from '@opentelemetry/api';
import { warn } from '../lifecycle/warnings.ts';
import type { BaggageSettings } from '../settings/propagation-settings.ts';
import { baggageHosts } from './baggage-hosts.ts';

/** Hosts that are remembered as named. */
const REMEMBERED = 1000;

/** The context as a host may learn it: without baggage, unless the host is allowed. */
export type BaggageGate = (context: Context, host: string) => Context;

/** Keeps baggage from hosts that are not allowed; each of them is named once, with the setting that allows it. */
export function baggageGate({ hosts }: BaggageSettings): BaggageGate {
  const isAllowed = hosts ? baggageHosts(hosts) : () => false;
  const named = new Set<string>();
  return function withoutBaggage(context, host) {
    const baggage = propagation.getBaggage(context);
    if (!baggage || isAllowed(host)) return context;
    if (!named.has(host) && named.size < REMEMBERED && baggage.getAllEntries().length > 0) {
      named.add(host);
      sayWithheld(host, hosts === undefined);
    }
    return propagation.deleteBaggage(context);
  };
}

function sayWithheld(host: string, isNowhere: boolean): void {
  const how = isNowhere
    ? 'OTEL_NODE_BAGGAGE_HOSTS=none (or baggage.hosts) keeps it from every host'
    : 'list the host in OTEL_NODE_BAGGAGE_HOSTS or baggage.hosts to send it';
  warn(`baggage for ${host}`, `baggage is not sent to ${host}: ${how}`);
}
