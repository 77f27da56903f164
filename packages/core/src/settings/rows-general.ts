import { attributes, flag, oneOf, text } from './kinds.ts';
import { setting } from './setting.ts';
import { type LogLevel, logLevels } from './settings.ts';

export const generalRows = {
  disabled: setting({
    variables: ['OTEL_SDK_DISABLED'],
    options: ['disabled'],
    kind: flag,
    fallback: false,
    says: '`true` leaves the propagators and nothing else.',
  }),
  serviceName: setting({
    variables: ['OTEL_SERVICE_NAME'],
    options: ['serviceName'],
    kind: text,
    fallback: undefined,
    byDefault: '`name` of the nearest package.json, else `unknown_service:node`',
    says: 'The resource attribute `service.name`; wins over the one in `OTEL_RESOURCE_ATTRIBUTES`.',
  }),
  resourceAttributes: setting({
    variables: ['OTEL_RESOURCE_ATTRIBUTES'],
    options: [],
    kind: attributes,
    fallback: {},
    byDefault: 'no pairs',
    says: 'More resource attributes.',
  }),
  resourceOption: setting({
    variables: [],
    options: ['resource.attributes'],
    kind: attributes,
    fallback: {},
    byDefault: 'no attributes',
    says: 'More resource attributes, by name; they win over those of the variable.',
  }),
  logLevel: setting<LogLevel>({
    variables: ['OTEL_LOG_LEVEL'],
    options: ['logLevel'],
    kind: oneOf(logLevels),
    // The specification's default is info; a library that is well says nothing in an application's log.
    fallback: 'warn',
    says: 'What telemetry says of itself on stderr.',
  }),
  strict: setting({
    variables: ['OTEL_NODE_STRICT'],
    options: ['strict'],
    kind: flag,
    fallback: false,
    says: '`true` makes `init()` throw a `SettingsError` for settings that cannot be used, instead of reporting them; with `register` the process does not start then.',
  }),
  diagnostics: setting({
    variables: ['OTEL_NODE_DIAGNOSTICS'],
    options: ['diagnostics'],
    kind: flag,
    fallback: false,
    says: '`true` prints at start what is in effect, in five lines on stderr.',
  }),
};
