import { orElse } from '../lifecycle/harmless.ts';
import type { Environment } from './environment.ts';
import type { InitOptions } from './options.ts';

/** Options of which a part may be a function or an object of the application's: they have readers of their own. */
const STRUCTURED = [
  'sampler',
  'samplingRules',
  'healthPaths',
  'propagators',
  'trustIncoming',
  'baggage',
  'resource',
  'spanProcessors',
  'spanExporters',
  'logRecordProcessors',
  'logRecordExporters',
  'metricReaders',
  'metricExporters',
  'views',
  'instrumentations',
  'disabledInstrumentations',
  'excludedUrls',
  'redaction',
  'capturedHeaders',
] as const;

/** Reads with these options, or without them where one cannot be looked at: whatever it is, it never fails the start. */
export function structuredOptions(env: Environment): <T>(read: (options: InitOptions) => T) => T {
  const options: InitOptions = Object.fromEntries(
    STRUCTURED.map((name) => [name, env.option(name)]),
  );
  return (read) =>
    orElse(
      () => read(options),
      () => {
        const got = 'an object that throws';
        env.report(STRUCTURED.join(', '), got, 'values that can be read', 'none of them');
        return read({});
      },
    );
}
