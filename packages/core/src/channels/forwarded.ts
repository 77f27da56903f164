import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';

/** What the proxies in front say of a request as its client made it. */
export interface Forwarded {
  /** An IP address; names that proxies make up are left out. */
  readonly client: string | undefined;
  /** Host, and port where it is not the scheme's own. */
  readonly host: string | undefined;
}

/** Undefined where no proxy says anything. The first one that the request met comes first in each header. */
export function forwardedOf(headers: IncomingHttpHeaders): Forwarded | undefined {
  const { forwarded } = headers;
  if (forwarded !== undefined) return standard(forwarded);
  const client = headers['x-forwarded-for'];
  const host = headers['x-forwarded-host'];
  if (client === undefined && host === undefined) return undefined;
  return { client: addressIn(firstOf(client)), host: firstOf(host) };
}

/** RFC 7239, 4: pairs of one proxy are separated by semicolons, those of several proxies by commas. */
function standard(header: string): Forwarded {
  const pairs = /(?:^|;)\s*(for|host)\s*=\s*("[^"]*"|[^;\s]*)/gi;
  const told = new Map<string, string>();
  for (const [, name = '', value = ''] of firstOf(header)?.matchAll(pairs) ?? []) {
    told.set(name.toLowerCase(), value.replaceAll('"', ''));
  }
  return { client: addressIn(told.get('for')), host: told.get('host') || undefined };
}

function firstOf(header: string | readonly string[] | undefined): string | undefined {
  return (
    String(header ?? '')
      .split(',', 1)[0]
      ?.trim() || undefined
  );
}

/** Without the port that some proxies add: `192.0.2.1:4711`, `[2001:db8::1]:4711`. */
function addressIn(text = ''): string | undefined {
  const address = /^\[(.*)\](?::\d+)?$/.exec(text)?.[1] ?? text.replace(/^([^:]*):\d+$/, '$1');
  return isIP(address) ? address : undefined;
}
