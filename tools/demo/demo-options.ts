import { parseArgs } from 'node:util';
import { CannotRun } from './cannot-run.ts';

/** Who listens on a port in the demo. */
export type Listener = 'gateway' | 'api-node' | 'api-python' | 'otlp-http' | 'otlp-grpc';

/** A port for each of them. */
export type Ports = Record<Listener, number>;

/** What the demo was asked for. */
export interface DemoOptions {
  /** One request, then the verdict. Default: a request every two seconds until Ctrl-C. */
  once: boolean;
  /** The report as JSON on stdout. */
  json: boolean;
  /** Which collector stands between. Default `embedded`. */
  collector: 'embedded' | 'otelcol';
  /** The path that is asked for. Default `/something`; `/boom` shows an error. */
  path: string;
  /** Any free ports instead of the usual ones. */
  anyPorts: boolean;
  /** Ports that were chosen one by one, the others are the usual ones. */
  ports: Ports;
}

const usualPorts: Ports = {
  gateway: 8080,
  'api-node': 3000,
  'api-python': 8000,
  'otlp-http': 4318,
  'otlp-grpc': 4317,
};

const usage = `npm run demo [-- options]
  --once                    one request; exit 0 only if its whole telemetry arrived
  --json                    the report as JSON on stdout
  --collector=otelcol       through a real OpenTelemetry Collector (default: embedded)
  --path=/boom              another path of the gateway (default: /something)
  --ports=auto              any free ports
  --port-gateway=N --port-api-node=N --port-api-python=N --port-otlp-http=N --port-otlp-grpc=N
`;

/** Reads the command line; throws `CannotRun` for what it does not understand, returns undefined for --help. */
export function readDemoOptions(args: string[]): DemoOptions | undefined {
  const values = parse(args);
  if (values.help) {
    process.stdout.write(usage);
    return undefined;
  }
  return {
    once: values.once,
    json: values.json,
    collector: oneOf('--collector', values.collector, ['embedded', 'otelcol']),
    path: values.path,
    anyPorts: oneOf('--ports', values.ports, ['usual', 'auto']) === 'auto',
    ports: readPorts(values as Record<string, unknown>),
  };
}

function parse(args: string[]) {
  const port = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const options = {
    help: flag,
    once: flag,
    json: flag,
    collector: { type: 'string', default: 'embedded' },
    path: { type: 'string', default: '/something' },
    ports: { type: 'string', default: 'usual' },
    'port-gateway': port,
    'port-api-node': port,
    'port-api-python': port,
    'port-otlp-http': port,
    'port-otlp-grpc': port,
  } as const;
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    throw new CannotRun(`${(error as Error).message}\n${usage}`);
  }
}

function readPorts(values: Record<string, unknown>): Ports {
  const chosen = Object.entries(usualPorts).map(([name, usual]) => {
    const option = `port-${name}`;
    return [name, values[option] === undefined ? usual : readPort(option, values[option])];
  });
  return Object.fromEntries(chosen) as Ports;
}

function readPort(option: string, value: unknown): number {
  const port = Number(value);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new CannotRun(`--${option}: expected a port from 1 to 65535, got "${value}".`);
}

function oneOf<T extends string>(option: string, value: string, allowed: T[]): T {
  const found = allowed.find((each) => each === value);
  if (found) return found;
  throw new CannotRun(`${option}: expected ${allowed.join(' or ')}, got "${value}".`);
}
