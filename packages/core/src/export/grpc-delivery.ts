import { context, ROOT_CONTEXT } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import { grpcPackage } from '../settings/read-otlp.ts';
import type { OtlpSettings, SignalName } from '../settings/settings.ts';
import { version } from '../version.ts';
import { type Grpc, type GrpcClient, type GrpcMetadata, loadGrpc } from './load-grpc.ts';
import type { Attempted, Body, Transport } from './transport.ts';

const silent = suppressTracing(ROOT_CONTEXT);

/** OTLP 1.10, Failures: the codes that a client may repeat. RESOURCE_EXHAUSTED only with a RetryInfo, which is not read. */
const RETRYABLE = new Set([1, 4, 10, 11, 14, 15]);

const SERVICES: Readonly<Record<SignalName, string>> = {
  traces: 'trace.v1.TraceService',
  metrics: 'metrics.v1.MetricsService',
  logs: 'logs.v1.LogsService',
};

/** OTLP/gRPC through the grpc-js that the official exporter package of the signal brings. */
export class GrpcDelivery implements Transport {
  readonly #path: string;
  readonly #timeoutMillis: number;
  readonly #client: GrpcClient;
  readonly #metadata: GrpcMetadata;

  constructor(signal: SignalName, settings: OtlpSettings) {
    const grpc = loadGrpc(grpcPackage(signal));
    this.#path = `/opentelemetry.proto.collector.${SERVICES[signal]}/Export`;
    this.#timeoutMillis = settings.timeoutMillis;
    this.#metadata = new grpc.Metadata();
    for (const [name, value] of Object.entries(settings.headers)) this.#metadata.set(name, value);
    this.#client = clientOf(grpc, settings);
  }

  /** The channel compresses. */
  async pack(bytes: Uint8Array): Promise<Body> {
    return this.packSync(bytes);
  }

  packSync(bytes: Uint8Array): Body {
    return { bytes, isGzip: false };
  }

  async shrink(body: Body): Promise<Body> {
    return body;
  }

  attempt({ bytes }: Body, giveUp: AbortSignal): Promise<Attempted> {
    return context.with(silent, () => this.#call(bytes, giveUp));
  }

  /** The thread that sends during an exit speaks HTTP/1.1. */
  parcel(): undefined {}

  close(): void {
    this.#client.close();
  }

  #call(body: Uint8Array, giveUp: AbortSignal): Promise<Attempted> {
    return new Promise((resolve) => {
      const call = this.#client.makeUnaryRequest<Uint8Array, Uint8Array>(
        this.#path,
        (message) => Buffer.from(message),
        (message) => message,
        body,
        this.#metadata,
        { deadline: Date.now() + this.#timeoutMillis },
        (error, answer) => {
          giveUp.removeEventListener('abort', cancel);
          if (error) resolve({ reason: error, again: RETRYABLE.has(error.code) });
          else resolve({ acknowledged: answer ?? new Uint8Array() });
        },
      );
      const cancel = () => call.cancel();
      giveUp.addEventListener('abort', cancel, { once: true });
    });
  }
}

function clientOf(grpc: Grpc, { url, tls, compression }: OtlpSettings): GrpcClient {
  const { protocol, host } = new URL(url);
  const pem = (text: string | undefined) => (text === undefined ? null : Buffer.from(text));
  const credentials =
    protocol === 'https:'
      ? grpc.credentials.createSsl(pem(tls?.ca), pem(tls?.key), pem(tls?.cert))
      : grpc.credentials.createInsecure();
  return new grpc.Client(host, credentials, {
    'grpc.default_compression_algorithm': compression === 'gzip' ? 2 : 0,
    'grpc.primary_user_agent': `OTel-OTLP-Exporter-JavaScript/${version} (@org/otel-core)`,
  });
}
