import { readFileSync } from 'node:fs';
import type { Environment, Found } from './environment.ts';
import type { OtlpRows } from './rows-otlp.ts';
import type { OtlpSettings, TlsFiles } from './settings.ts';

type Tls = Pick<OtlpSettings, 'tls' | 'refusal'>;

/** What is read of a file that a setting names: its text, or why there is none. */
interface Opened {
  readonly text?: string;
  readonly failure?: string;
}

/**
 * The files for TLS, read and tried once. One that cannot be used is reported, and nothing is sent then:
 * neither unchecked nor without the client's certificate.
 */
export function readTls(env: Environment, rows: OtlpRows): Tls {
  const [ca, key, cert] = [env.find(rows.caFile), env.find(rows.keyFile), env.find(rows.certFile)];
  const failure =
    incomplete(env, key, cert) ??
    [ca, key, cert].map((found) => unreadable(env, found)).find(Boolean);
  if (failure) return { tls: undefined, refusal: failure };
  const files = {
    ...part('ca', ca.value),
    ...part('key', key.value),
    ...part('cert', cert.value),
  };
  const wrong = refused(files);
  if (!wrong) return { tls: Object.keys(files).length > 0 ? files : undefined, refusal: undefined };
  const names = [ca, key, cert].flatMap(({ origin }) => origin ?? []).join(', ');
  const given = [ca, key, cert].flatMap(({ value }) => value ?? []).join(', ');
  return refuse(env, names, given, `PEM files that TLS takes (${wrong})`);
}

const NOTHING_IS_SENT = 'nothing: no telemetry of this signal is sent';

function incomplete(
  env: Environment,
  key: Found<string | undefined>,
  cert: Found<string | undefined>,
): string | undefined {
  const [alone, missing] = key.value ? [key, cert] : [cert, key];
  if (!alone.origin || missing.value) return undefined;
  const expected = 'the key and the certificate of the client together';
  return refuse(env, alone.origin, String(alone.value), expected).refusal;
}

function unreadable(env: Environment, found: Found<string | undefined>): string | undefined {
  if (!found.origin || !found.value) return undefined;
  const { failure } = open(found.value);
  if (!failure) return undefined;
  return refuse(env, found.origin, found.value, `a file that can be read (${failure})`).refusal;
}

function refuse(
  env: Environment,
  setting: string,
  got: string,
  expected: string,
): { tls: undefined; refusal: string } {
  env.report(setting, got, expected, NOTHING_IS_SENT);
  return { tls: undefined, refusal: `${setting}: expected ${expected}` };
}

function part(name: keyof TlsFiles, file: string | undefined): TlsFiles {
  const text = file ? open(file).text : undefined;
  return text === undefined ? {} : { [name]: text };
}

function open(file: string): Opened {
  try {
    const text = readFileSync(file, 'utf8');
    return text.includes('-----BEGIN ') ? { text } : { failure: 'it holds no PEM text' };
  } catch (error) {
    return { failure: (error as NodeJS.ErrnoException).code ?? 'it cannot be opened' };
  }
}

function refused(files: TlsFiles): string | undefined {
  if (Object.keys(files).length === 0) return undefined;
  try {
    process.getBuiltinModule('node:tls').createSecureContext(files);
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'not accepted';
  }
}
