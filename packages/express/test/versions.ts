import express from 'express';
import express4 from 'express4';
import express50 from 'express50';
import router22 from 'router22';

type Express = typeof express;

/** One Express, and whether its router publishes its routes itself. */
export interface ExpressVersion {
  readonly label: string;
  readonly express: Express;
  readonly door: boolean;
}

/** Express 5 as an older lockfile has it: the application's own router and every `Router()` are 2.2. */
function withOlderRouter(): ReturnType<Express> {
  const app = express();
  const router = (router22 as unknown as typeof express.Router)();
  return Object.defineProperty(app, 'router', { value: router });
}

/** The Express versions under test. */
export const versions: readonly ExpressVersion[] = [
  { label: 'Express 4', express: express4 as unknown as Express, door: false },
  { label: 'Express 5.0', express: express50 as unknown as Express, door: true },
  {
    label: 'Express 5.3 on router 2.2',
    express: Object.assign(withOlderRouter, express, { Router: router22 }) as unknown as Express,
    door: false,
  },
  { label: 'Express 5.3', express, door: true },
];
