import type { INestApplication, ModuleMetadata } from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';

/** The platforms Nest runs on. */
type Platform = 'Express' | 'Fastify';

/** A Nest application that listens. */
interface RunningNest extends AsyncDisposable {
  readonly app: INestApplication;
  readonly url: string;
}

/** Compiles a module of these parts, lets `configure` have the application, and listens on a free port. */
export async function startNest(
  metadata: ModuleMetadata,
  configure: (app: INestApplication) => void = () => {},
  platform: Platform = 'Express',
): Promise<RunningNest> {
  const module = await Test.createTestingModule(metadata).compile();
  const adapter = platform === 'Fastify' ? new FastifyAdapter() : new ExpressAdapter();
  const app = module.createNestApplication(adapter, { logger: false });
  configure(app);
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  return {
    app,
    url,
    async [Symbol.asyncDispose]() {
      await app.close();
    },
  };
}
