import type { INestApplication, ModuleMetadata } from '@nestjs/common';
import { Test } from '@nestjs/testing';

/** A Nest application that listens. */
export interface RunningNest extends AsyncDisposable {
  readonly app: INestApplication;
  readonly url: string;
}

/** Compiles a module of these parts, lets `configure` have the application, and listens on a free port. */
export async function startNest(
  metadata: ModuleMetadata,
  configure: (app: INestApplication) => void = () => {},
): Promise<RunningNest> {
  const module = await Test.createTestingModule(metadata).compile();
  const app = module.createNestApplication({ logger: false });
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
