import { maskedUrl } from './masked-url.ts';
import type { Kind } from './setting.ts';

/** The longest wait that Node's timers keep; a longer one would fire at once. */
const LONGEST_MILLIS = 2 ** 31 - 1;

/** `true` or `false`, in any case. */
export const flag: Kind<boolean> = {
  expected: 'true or false',
  parse(raw) {
    const wanted = raw.toLowerCase();
    return wanted === 'true' || (wanted === 'false' ? false : undefined);
  },
  accept: (option) => (typeof option === 'boolean' ? option : undefined),
};

/** Any text that is not empty. */
export const text: Kind<string | undefined> = {
  expected: 'a text',
  parse: (raw) => raw,
  accept: (option) => (typeof option === 'string' ? option.trim() || undefined : undefined),
};

/** A text that is never shown. */
export const secret: Kind<string | undefined> = { ...text, masked: () => '***' };

/** A whole number of at least `least`, and at most `most`. */
export function whole(least: number, most = Number.MAX_SAFE_INTEGER, unit = ''): Kind<number> {
  const fits = (value: unknown) =>
    Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most;
  const range = most < Number.MAX_SAFE_INTEGER ? `from ${least} to ${most}` : `of ${least} or more`;
  return {
    expected: `a whole number ${unit}${range}`,
    parse(raw) {
      const value = Number(raw);
      return fits(value) ? value : undefined;
    },
    accept: (option) => (fits(option) ? (option as number) : undefined),
  };
}

/** Milliseconds that a timer can wait. */
export function milliseconds(least: number): Kind<number> {
  return whole(least, LONGEST_MILLIS, 'of milliseconds ');
}

/** The specification, Timeout: zero is no limit. */
export const timeout: Kind<number> = {
  ...milliseconds(0),
  parse: (raw) => unlimited(milliseconds(0).parse(raw)),
  accept: (option) => unlimited(milliseconds(0).accept(option)),
};

function unlimited(millis: number | undefined): number | undefined {
  return millis === 0 ? LONGEST_MILLIS : millis;
}

/** A number from 0 to 1. */
export const ratio: Kind<number> = {
  expected: 'a number from 0 to 1',
  parse: (raw) => ratioFrom(Number(raw)),
  accept: (option) => (typeof option === 'number' ? ratioFrom(option) : undefined),
};

function ratioFrom(value: number): number | undefined {
  return value >= 0 && value <= 1 ? value : undefined;
}

/** A limit; an option may lift it with Infinity. */
export const limit: Kind<number> = {
  ...whole(0),
  accept: (option) =>
    option === Number.POSITIVE_INFINITY ? Number.POSITIVE_INFINITY : whole(0).accept(option),
};

/** One of a few names, in any case. */
export function oneOf<T extends string>(names: readonly T[]): Kind<T> {
  const find = (raw: string) => names.find((name) => name === raw.trim().toLowerCase());
  return {
    expected: `one of ${names.join(', ')}`,
    parse: find,
    accept: (option) => (typeof option === 'string' ? find(option) : undefined),
  };
}

/** An http:// or https:// URL. */
export const httpUrl: Kind<string | undefined> = {
  expected: 'an http:// or https:// URL',
  parse: urlFrom,
  accept: (option) => (typeof option === 'string' ? urlFrom(option) : undefined),
  masked: maskedUrl,
};

/** Where a gRPC receiver listens: a URL, or host and port alone. */
export const grpcTarget: Kind<string | undefined> = {
  expected: 'an http:// or https:// URL, or host:port',
  parse: targetFrom,
  accept: (option) => (typeof option === 'string' ? targetFrom(option) : undefined),
  masked: maskedUrl,
};

function urlFrom(raw: string): string | undefined {
  return /^https?:\/\//i.test(raw) && URL.canParse(raw) ? raw : undefined;
}

function targetFrom(raw: string): string | undefined {
  const isBare = !raw.includes('://') && URL.canParse(`http://${raw}`);
  return isBare ? raw : urlFrom(raw);
}

/** `key=value` pairs, percent-encoded, as in OTEL_RESOURCE_ATTRIBUTES; as an option, attributes by name. */
export const attributes: Kind<Readonly<Record<string, string | number | boolean>>> = {
  expected: 'key=value pairs, percent-encoded and separated by commas',
  parse: pairsFrom,
  accept: (option) => recordOf(option, isAttribute),
  masked: () => '***',
};

/** `key=value` pairs, percent-encoded, as in OTEL_EXPORTER_OTLP_HEADERS; as an option, texts by name. */
export const headers: Kind<Readonly<Record<string, string>>> = {
  expected:
    'names and values of HTTP headers, as key=value pairs, percent-encoded and separated by commas',
  parse: (raw) => headersFrom(pairsFrom(raw)),
  accept: (option) => headersFrom(recordOf(option, (value) => typeof value === 'string')),
  masked: () => '***',
};

/** A list comes from a configuration file only; the SDK takes it. */
function isAttribute(value: unknown): value is string | number | boolean {
  if (Array.isArray(value)) return value.every(isScalar);
  return isScalar(value);
}

function isScalar(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

function recordOf<T>(
  option: unknown,
  isValue: (value: unknown) => value is T,
): Record<string, T> | undefined {
  if (typeof option !== 'object' || option === null || Array.isArray(option)) return undefined;
  const entries = Object.entries(option);
  return entries.every(([, value]) => isValue(value)) ? Object.fromEntries(entries) : undefined;
}

const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]+$/;
/** What node:http takes in a header's value. */
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

function headersFrom(
  pairs: Record<string, string> | undefined,
): Record<string, string> | undefined {
  const good = Object.entries(pairs ?? {}).every(
    ([name, value]) => HEADER_NAME.test(name) && HEADER_VALUE.test(value),
  );
  return good ? pairs : undefined;
}

/** Undefined when one of them is no pair, or not percent-encoded. */
function pairsFrom(raw: string): Record<string, string> | undefined {
  const pairs: [string, string][] = [];
  for (const part of raw.split(',')) {
    if (part.trim() === '') continue;
    const split = part.indexOf('=');
    if (split < 1) return undefined;
    try {
      const [key, value] = [part.slice(0, split), part.slice(split + 1)];
      pairs.push([decodeURIComponent(key.trim()), decodeURIComponent(value.trim())]);
    } catch {
      return undefined;
    }
  }
  return Object.fromEntries(pairs);
}
