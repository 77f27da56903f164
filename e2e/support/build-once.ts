import { buildPackages } from '../../tools/build-packages.ts';

/** Before all e2e tests: apps load `dist`, as a user's app would, and it must not be stale. */
export default async function buildOnce(): Promise<void> {
  await buildPackages();
}
