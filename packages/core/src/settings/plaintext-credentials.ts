import type { Environment } from './environment.ts';
import { isLoopback } from './is-loopback.ts';
import { wayRows } from './rows-way.ts';

/** Where batches go, and with which headers. */
interface Addressed {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Headers whose name says that they hold a credential. */
const CREDENTIAL = /auth|cookie|token|secret|key|password/i;

/**
 * Over plain HTTP to another machine everybody on the way can read a credential: it is left out, in
 * headers and in the URL, unless that is allowed.
 */
export function withoutPlaintextCredentials(env: Environment, addressed: Addressed): Addressed {
  const url = new URL(addressed.url);
  const isSafe = url.protocol !== 'http:' || isLoopback(url);
  if (isSafe || env.read(wayRows.allowPlaintextCredentials)) return addressed;
  const left = Object.keys(addressed.headers).filter((name) => CREDENTIAL.test(name));
  const inUrl = url.username !== '' || url.password !== '';
  if (left.length === 0 && !inUrl) return addressed;
  url.username = '';
  url.password = '';
  env.report(
    'exporter.otlpHttp.headers',
    [...left, ...(inUrl ? ['user and password in the endpoint'] : [])].join(', '),
    `https:// for a credential to ${url.host} (or OTEL_NODE_ALLOW_PLAINTEXT_CREDENTIALS=true)`,
    'none of them: they are not sent',
  );
  const kept = Object.entries(addressed.headers).filter(([name]) => !left.includes(name));
  return { url: url.href, headers: Object.fromEntries(kept) };
}
