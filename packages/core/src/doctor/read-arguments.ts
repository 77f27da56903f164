import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { InitOptions } from '../settings/options.ts';
import type { StoreAddress, StoreName } from './read-back.ts';

/** What the command line asks for. */
export interface DoctorOptions {
  readonly isJson: boolean;
  /** The options that the application gives to `init()`. */
  readonly init: InitOptions;
  readonly timeoutMillis: number;
  readonly waitMillis: number;
  readonly stores: readonly StoreAddress[];
}

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;

const STORES: readonly StoreName[] = ['tempo', 'jaeger', 'loki', 'prometheus'];

/** Reads the command line; undefined if it asks for help. Rejects with what was expected when it is not understood. */
export async function readArguments(args: readonly string[]): Promise<DoctorOptions | undefined> {
  const values = parse(args);
  if (values.help) return undefined;
  const stores = STORES.flatMap((name) => storeAt(name, values[name]));
  if (values['read-back'] && stores.length === 0) {
    const expected = STORES.map((name) => `--${name} URL`).join(', ');
    throw new Error(`--read-back: expected where to read: ${expected}`);
  }
  return {
    isJson: values.json ?? false,
    init: await optionsIn(values.options),
    timeoutMillis: milliseconds('timeout', values.timeout, 15),
    waitMillis: milliseconds('wait', values.wait, 30),
    stores,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        json: flag,
        options: text,
        timeout: text,
        'read-back': flag,
        tempo: text,
        jaeger: text,
        loki: text,
        prometheus: text,
        wait: text,
        help: { ...flag, short: 'h' },
      },
    }).values;
  } catch (reason) {
    throw new Error((reason as Error).message.split(/\.\s/, 1)[0]); // what follows is advice for other commands
  }
}

function storeAt(name: StoreName, value: string | undefined): StoreAddress[] {
  if (value === undefined) return [];
  if (!/^https?:\/\//i.test(value) || !URL.canParse(value)) {
    throw new Error(`--${name}: expected an http:// or https:// URL`);
  }
  return [{ name, url: new URL(value) }];
}

function milliseconds(name: string, value: string | undefined, fallback: number): number {
  const seconds = Number(value ?? fallback);
  if (value?.trim() === '' || !(seconds > 0 && seconds <= 3600)) {
    throw new Error(`--${name}: expected seconds, more than 0 and up to 3600, got "${value}"`);
  }
  return seconds * 1000;
}

async function optionsIn(file: string | undefined): Promise<InitOptions> {
  if (file === undefined) return {};
  const expected = `--options: expected a module whose default export are the options of init(), got "${file}"`;
  const url = pathToFileURL(resolve(file)).href;
  const attributes = file.endsWith('.json') ? { with: { type: 'json' } } : {};
  const { default: options } = await import(url, attributes).catch((reason: Error) => {
    throw new Error(`${expected} (${reason.message})`);
  });
  if (typeof options !== 'object' || options === null) throw new Error(expected);
  return options;
}
