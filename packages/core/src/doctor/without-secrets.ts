import type { InitOptions } from '../settings/options.ts';
import { readSettings } from '../settings/read-settings.ts';
import type { Settings } from '../settings/settings.ts';

/** Shorter ones are parts of ordinary words. */
const SHORTEST = 4;

/** A report in which nothing of a credential stands, wherever it came from. */
export function withoutSecrets(
  report: string,
  variables: NodeJS.ProcessEnv,
  options: InitOptions,
): string {
  const allowed = { ...variables, OTEL_NODE_ALLOW_PLAINTEXT_CREDENTIALS: 'true' };
  const secrets = secretsIn(readSettings(allowed, options).settings);
  return secrets
    .filter((secret) => secret.length >= SHORTEST)
    .sort((a, b) => b.length - a.length)
    .reduce((text, secret) => text.replaceAll(secret, '***'), report);
}

function secretsIn({ traces, metrics, logs }: Settings): string[] {
  const receivers = [traces, metrics, logs].flatMap(({ otlp }) => [
    ...Object.values(otlp.headers).flatMap(wordsOf),
    ...[otlp.url, ...Object.values(otlp.proxy ?? {})].flatMap(secretsInUrl),
  ]);
  return [...receivers, metrics.prometheus?.bearerToken ?? ''];
}

/** `Bearer abc` as a whole, and `abc`. */
function wordsOf(header: string): string[] {
  return [header, ...header.split(' ').slice(1)];
}

function secretsInUrl(text: string): string[] {
  if (!URL.canParse(text)) return [];
  const { password, searchParams } = new URL(text);
  return [password, decodeURIComponent(password), ...searchParams.values()];
}
