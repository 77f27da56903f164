import type { Progress } from '../progress-step.ts';
import { runCommand } from '../run-command.ts';
import { goPart } from './go-part.ts';

/** A real OpenTelemetry Collector that this machine can run. */
export interface FoundCollector {
  /** Where it comes from, for people: `otelcol-contrib on PATH`. */
  description: string;
  /** The command line that starts it in the foreground; SIGTERM ends it. */
  commandLine(run: CollectorRun): [command: string, ...args: string[]];
}

/** What a Collector is started with. */
export interface CollectorRun {
  /** Its own arguments, such as `--config=/absolute/file.yaml`. */
  args: string[];
  /** Absolute folders it reads or writes, configuration included: a container has to see them. */
  folders: string[];
  /** Variables its configuration asks for. Set them on the process too: a container gets them by name. */
  env?: Record<string, string>;
}

/**
 * The Collector of this machine: `otelcol` or `otelcol-contrib` on PATH if it has the components we
 * need, else a container engine that really runs, else one built with Go and kept in the cache.
 * Throws `MissingPart` when there is none of the three.
 */
export async function findCollector(progress?: Progress): Promise<FoundCollector> {
  return (await collectorOnPath()) ?? (await collectorInContainer()) ?? builtCollector(progress);
}

const neededComponents = ['otlp', 'file_log', 'memory_limiter', 'batch', 'debug', 'file'];
const image = 'docker.io/otel/opentelemetry-collector-contrib:0.159.0';

async function collectorOnPath(): Promise<FoundCollector | undefined> {
  for (const command of ['otelcol', 'otelcol-contrib']) {
    const { code, stdout } = await runCommand(command, ['components']);
    if (code === 0 && hasComponents(stdout)) {
      return { description: `${command} on PATH`, commandLine: ({ args }) => [command, ...args] };
    }
  }
  return undefined;
}

/** Plain `otelcol` has no filelog receiver, and older ones know it by another name. */
export function hasComponents(listing: string, needed: string[] = neededComponents): boolean {
  return needed.every((name) => new RegExp(`^\\s*-?\\s*(name: )?${name}$`, 'm').test(listing));
}

async function collectorInContainer(): Promise<FoundCollector | undefined> {
  if (process.platform !== 'linux') return undefined; // elsewhere the host's ports are not the container's
  for (const engine of ['docker', 'podman']) {
    const { code } = await runCommand(engine, ['info'], { timeout: 10_000 });
    if (code === 0) return containerCollector(engine);
  }
  return undefined;
}

function containerCollector(engine: string): FoundCollector {
  return {
    description: `${image} in ${engine}`,
    commandLine: (run) => [engine, ...containerArguments(run), image, ...run.args],
  };
}

/** Same network, same paths, same user: the files it writes are read by us. */
export function containerArguments({ folders, env = {} }: CollectorRun): string[] {
  const user = `--user=${process.getuid?.() ?? 0}:${process.getgid?.() ?? 0}`;
  return [
    'run',
    '--rm',
    '--network=host',
    user,
    ...folders.map((folder) => `--volume=${folder}:${folder}`),
    ...Object.keys(env).map((name) => `--env=${name}`),
  ];
}

async function builtCollector(progress?: Progress): Promise<FoundCollector> {
  const binary = await goPart('otelcol-small', progress);
  return {
    description: 'otelcol-small, built with Go',
    commandLine: ({ args }) => [binary, ...args],
  };
}
