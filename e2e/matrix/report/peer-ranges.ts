import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mustRun } from '../../../tools/must-run.ts';
import { type Framework, frameworks } from '../frameworks.ts';
import { testedPackages } from '../tested-packages.ts';

/** Lets npm work out a project of each framework and ours; throws what npm says where a peer range refuses it. */
export async function checkPeerRanges(): Promise<void> {
  const ours = await testedPackages();
  for (const framework of Object.values(frameworks)) await resolve(framework, ours);
}

async function resolve(
  { dependencies, overrides }: Framework,
  ours: Record<string, string>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'otel-node-peers-'));
  const api = { '@opentelemetry/api': '1.10.0' };
  const manifest = { private: true, overrides, dependencies: { ...dependencies, ...api, ...ours } };
  try {
    await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
    const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
    await mustRun('npm', ['install', '--dry-run', '--strict-peer-deps', ...quiet], { cwd: folder });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
