import { isIP } from 'node:net';
import { wildcard } from '../traces/wildcard.ts';
import { addressRanges } from './address-ranges.ts';

/** Loopback, private addresses, and the names that only an internal resolver knows. */
const internalRanges = [
  '127.0.0.0/8',
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '::1/128',
  'fc00::/7',
];
const internalNames = ['*.localhost', '*.local', '*.internal', '*.svc'];

/** A test for hosts that get baggage: internal ones, and those that are listed (names with `*`, addresses, CIDR ranges). */
export function baggageHosts(listed: readonly string[]): (host: string) => boolean {
  const ranges = listed.filter((entry) => isRange(entry));
  const inRanges = addressRanges([...internalRanges, ...ranges]);
  const names = [...internalNames, ...listed.filter((entry) => !isRange(entry))].map((name) =>
    wildcard(name.toLowerCase()),
  );
  return function isAllowed(host) {
    const name = host
      .toLowerCase()
      .replace(/^\[|\]$/g, '')
      .replace(/\.$/, '');
    if (isIP(name)) return inRanges(name) || names.some((matches) => matches(name));
    return isSingleLabel(name) || names.some((matches) => matches(name));
  };
}

/** A bare number is an address to the resolver, not a name. */
function isSingleLabel(name: string): boolean {
  return /^[^.]+$/.test(name) && !/^(0x[0-9a-f]*|\d+)$/.test(name);
}

function isRange(entry: string): boolean {
  return isIP(entry.split('/')[0] ?? '') > 0;
}
