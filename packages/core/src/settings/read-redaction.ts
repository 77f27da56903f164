import type { Environment } from './environment.ts';
import { isHeaderName } from './read-captured-headers.ts';
import { readList } from './read-list.ts';
import type { RedactionOption } from './redaction-option.ts';
import { observationRows } from './rows-observation.ts';

/** What is replaced in URLs and headers; names in lower case. */
export interface RedactionSettings {
  readonly queryKeys: readonly string[];
  readonly allQueryValues: boolean;
  readonly headers: readonly string[];
}

const queryKeys = {
  variable: 'OTEL_NODE_REDACTED_QUERY_KEYS',
  option: 'redaction.queryKeys',
  expected: 'the name of a query key',
  isGood: (key: string) => key !== '' && !/[?&=#]/.test(key),
};

const headers = {
  variable: 'OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_SANITIZE_FIELDS',
  option: 'redaction.headers',
  expected: 'the name of a header',
  isGood: isHeaderName,
};

/** Secrets by option, then by variable; what the conventions name is always among them. */
export function readRedaction(env: Environment, option: RedactionOption = {}): RedactionSettings {
  return {
    queryKeys: readList(env, queryKeys, option.queryKeys).map(lowered),
    allQueryValues: env.read(observationRows.allQueryValues),
    headers: readList(env, headers, option.headers).map(lowered),
  };
}

function lowered(name: string): string {
  return name.toLowerCase();
}
