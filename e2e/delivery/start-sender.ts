import { fileURLToPath } from 'node:url';
import { startHelper } from '../../bench/helper-process.ts';

/** What the sender has done and what it cost. */
export interface SenderState {
  /** Spans ended. */
  readonly made: number;
  /** Lines on stderr. */
  readonly said: number;
  /** What became of them; the official SDK cannot tell. */
  readonly stats?: { queued: number; exported: number; dropped: number; failed: number };
  /** Heap and external. */
  readonly bytes: number;
  readonly rss: number;
  /** Delay of the event loop in milliseconds, since it was reset. */
  readonly loopP99: number;
  readonly loopMax: number;
}

/** What the sender is asked for. */
interface SenderMessage {
  /** Spans a second from now on. */
  readonly rate?: number;
  /** Collect garbage before the answer. */
  readonly collect?: boolean;
  /** Forget the delays of the event loop after the answer. */
  readonly resetLoop?: boolean;
}

/** An application that ends spans at a steady rate, in a process of its own: disposing kills it. */
export interface Sender extends AsyncDisposable {
  ask(message: SenderMessage): Promise<SenderState>;
}

/** Which SDK it stands on. */
export interface SenderSdk {
  readonly name: 'ours' | 'official';
  /** Where the packages of the official one are. */
  readonly packages?: string;
}

const fixture = (name: string) =>
  fileURLToPath(new URL(`../fixtures/delivery/${name}.mjs`, import.meta.url));

/** Starts it; telemetry goes to this endpoint. */
export async function startSender(
  endpoint: string,
  settings: Record<string, string> = {},
  sdk: SenderSdk = { name: 'ours' },
): Promise<Sender> {
  const env = {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^OTEL_/.test(name))),
    OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
    OTEL_METRICS_EXPORTER: 'none',
    SENDER_SDK: fixture(sdk.name),
    SENDER_PACKAGES: sdk.packages ?? '',
    ...settings,
  };
  const helper = startHelper([process.execPath, '--expose-gc', fixture('sender')], { env });
  await helper.next();
  return {
    ask: async (message) => (await helper.ask(message)) as SenderState,
    [Symbol.asyncDispose]: () => helper[Symbol.asyncDispose](),
  };
}
