import { join } from 'node:path';
import { cachedNpmProject } from '../../tools/cache.ts';
import type { NodeLine } from './cells/cell.ts';

/** The Node of each line that the matrix runs, newest when its results were taken. */
export const nodeVersions: Record<NodeLine, string> = {
  '22': '22.23.3',
  '24': '24.21.0',
  '26': '26.10.0',
};

/** The Node executable of a line, from npm, kept outside of the checkout. */
export async function nodeBinary(line: NodeLine): Promise<string> {
  const project = await cachedNpmProject({
    name: `node-${line}`,
    dependencies: { node: nodeVersions[line] },
    allowScripts: { node: true },
  });
  return join(project, 'node_modules/node/bin/node');
}
