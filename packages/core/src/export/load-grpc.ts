import { createRequire } from 'node:module';
import { installedPackage } from '../settings/installed-package.ts';

/** The part of `@grpc/grpc-js` that is used here. */
export interface Grpc {
  readonly Client: new (
    host: string,
    credentials: unknown,
    options: Record<string, string | number>,
  ) => GrpcClient;
  readonly Metadata: new () => GrpcMetadata;
  readonly credentials: {
    createInsecure(): unknown;
    createSsl(ca: Buffer | null, key: Buffer | null, cert: Buffer | null): unknown;
  };
}

/** A channel to one receiver. */
export interface GrpcClient {
  makeUnaryRequest<Q, A>(
    path: string,
    serialize: (message: Q) => Buffer,
    deserialize: (message: Buffer) => A,
    message: Q,
    metadata: GrpcMetadata,
    options: { deadline: number },
    done: (error: (Error & { code: number }) | null, answer?: A) => void,
  ): { cancel(): void };
  close(): void;
}

/** What goes with a call. */
export interface GrpcMetadata {
  set(name: string, value: string): void;
}

/** The grpc-js that an official exporter package depends on: by its own path, so that no other has to be installed. */
export function loadGrpc(exporterPackage: string): Grpc {
  const exporter = installedPackage(exporterPackage);
  if (!exporter) throw new Error(`${exporterPackage} is not installed`);
  const base = createRequire(exporter).resolve('@opentelemetry/otlp-grpc-exporter-base');
  return createRequire(base)('@grpc/grpc-js') as Grpc;
}
