import { parseArgs } from 'node:util';
import { type OwnNames, readNames } from './own-names.ts';
import { readAddress } from './read-address.ts';

/** What the command line asks for. */
export interface LogLinkOptions {
  readonly out: string;
  readonly force: boolean;
  readonly names: OwnNames;
  /** Addresses that are known now; the others are left to the environment of Grafana and the Collector. */
  readonly loki: string | undefined;
  readonly tempo: string | undefined;
  readonly prometheus: string | undefined;
}

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;

/** Reads the command line; undefined if it asks for help. Throws with what was expected when it is not understood. */
export function readArguments(args: readonly string[]): LogLinkOptions | undefined {
  const values = parse(args);
  if (values.help) return undefined;
  if (values.out === '') throw new Error('--out: expected a folder, got ""');
  return {
    out: values.out ?? 'deploy',
    force: values.force ?? false,
    names: readNames(values),
    loki: readAddress('--loki-url', values['loki-url']),
    tempo: readAddress('--tempo-url', values['tempo-url']),
    prometheus: readAddress('--prometheus-url', values['prometheus-url']),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        out: text,
        form: text,
        'trace-id': text,
        'span-id': text,
        'trace-flags': text,
        sampled: text,
        under: text,
        'loki-url': text,
        'tempo-url': text,
        'prometheus-url': text,
        force: flag,
        help: { ...flag, short: 'h' },
      },
    }).values;
  } catch (reason) {
    throw new Error((reason as Error).message.split(/\.\s/, 1)[0]); // what follows is advice for other commands
  }
}
