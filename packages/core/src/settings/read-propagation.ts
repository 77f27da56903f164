import type { IncomingMessage } from 'node:http';
import type { TextMapPropagator } from '@opentelemetry/api';
import { addressRanges, isAddressRange } from '../context/address-ranges.ts';
import { officialPropagator, officialPropagators } from '../context/official-propagator.ts';
import type { Environment } from './environment.ts';
import type { InitOptions } from './options.ts';
import {
  type BaggageSettings,
  propagatorNames as names,
  type PropagationSettings,
  type PropagatorName,
} from './propagation-settings.ts';

/** How context travels and whom to believe: option, then variable, then default. */
export function readPropagation(env: Environment, options: InitOptions): PropagationSettings {
  return {
    propagators: propagatorsFrom(env, options.propagators),
    trustIncoming: trustFrom(env, options.trustIncoming),
    baggage: baggageFrom(env, options),
  };
}

const defaults: readonly PropagatorName[] = ['tracecontext', 'baggage'];

type Propagators = PropagationSettings['propagators'];

function propagatorsFrom(env: Environment, option: unknown): Propagators {
  if (option === undefined) {
    const named = env.choices('OTEL_PROPAGATORS', names, defaults);
    return installed(env, 'OTEL_PROPAGATORS', named);
  }
  if (Array.isArray(option) && option.every(isPropagator)) {
    return installed(env, 'propagators', option);
  }
  const expected = `a list of ${names.join(', ')} and propagators`;
  env.report('propagators', String(option), expected, defaults.join(','));
  return defaults;
}

function isPropagator(value: unknown): value is PropagatorName | TextMapPropagator {
  if (typeof value === 'string') return names.includes(value as PropagatorName);
  const methods = ['inject', 'extract', 'fields'] as const;
  return (
    typeof value === 'object' &&
    value !== null &&
    methods.every((name) => typeof (value as Record<string, unknown>)[name] === 'function')
  );
}

/** Those whose package is installed; the others are said. */
function installed(env: Environment, setting: string, wanted: Propagators): Propagators {
  return wanted.filter((each) => {
    if (each !== 'jaeger' && each !== 'xray') return true;
    if (officialPropagator(each)) return true;
    const expected = `the package ${officialPropagators[each].from} to be installed for it`;
    env.report(setting, each, expected, 'the other propagators');
    return false;
  });
}

const TRUST = 'OTEL_NODE_TRUST_INCOMING';

function trustFrom(
  env: Environment,
  option: InitOptions['trustIncoming'],
): PropagationSettings['trustIncoming'] {
  if (typeof option === 'boolean' || typeof option === 'function') return option;
  const text = env.text(TRUST)?.toLowerCase();
  if (option === undefined && (text === undefined || text === 'true')) return true;
  if (option === undefined && text === 'false') return false;
  const ranges: unknown = option ?? text?.split(',').map((range) => range.trim());
  if (isListOf(ranges, isAddressRange)) return fromRanges(ranges);
  const setting = option === undefined ? TRUST : 'trustIncoming';
  const expected = 'true, false or address ranges such as 10.0.0.0/8';
  env.report(setting, String(ranges), expected, 'false: no caller is trusted');
  return false;
}

function fromRanges(ranges: readonly string[]): (request: IncomingMessage) => boolean {
  const contains = addressRanges(ranges);
  return ({ socket }) => socket.remoteAddress !== undefined && contains(socket.remoteAddress);
}

function baggageFrom(env: Environment, { baggage }: InitOptions): BaggageSettings {
  const read = (name: string, variable: string, option: unknown) =>
    textsFrom(env, `baggage.${name}`, option, env.text(variable)) ?? [];
  const hosts = read('hosts', 'OTEL_NODE_BAGGAGE_HOSTS', baggage?.hosts);
  return {
    hosts: hosts.some((host) => host.toLowerCase() === 'none') ? undefined : hosts,
    attributes: read('attributes', 'OTEL_NODE_BAGGAGE_ATTRIBUTES', baggage?.attributes),
  };
}

function textsFrom(
  env: Environment,
  setting: string,
  option: unknown,
  variable: string | undefined,
): readonly string[] | undefined {
  if (option === undefined) return variable?.split(',').flatMap((part) => part.trim() || []);
  if (isListOf(option, (each) => each !== '')) return option;
  env.report(setting, String(option), 'a list of texts', 'none');
  return undefined;
}

function isListOf(value: unknown, holds: (text: string) => boolean): value is string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string' && holds(each));
}
