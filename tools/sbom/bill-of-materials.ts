import { relative } from 'node:path';
import type { InstalledPackage } from '../production-tree.ts';

/** The part of package-lock.json that is read. */
export interface LockFile {
  packages: Record<string, { integrity?: string }>;
}

/** A CycloneDX 1.5 document. */
export interface Bill {
  bomFormat: 'CycloneDX';
  specVersion: '1.5';
  version: 1;
  components: Component[];
  dependencies: { ref: string; dependsOn: string[] }[];
}

interface Component {
  type: 'library';
  'bom-ref': string;
  name: string;
  version: string;
  purl: string;
  licenses?: [{ expression: string }];
  hashes?: [{ alg: string; content: string }];
}

/**
 * The bill of materials of an installed tree. It has no time and no serial number, so that the same
 * tree gives the same bytes.
 */
export function billOfMaterials(
  tree: readonly InstalledPackage[],
  root: string,
  lock: LockFile,
): Bill {
  const refOf = ({ folder }: { folder: string }) => relative(root, folder);
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    components: tree.map((each) => component(each, refOf(each), lock)),
    dependencies: tree.map((each) => ({
      ref: refOf(each),
      dependsOn: [...new Set(each.needs.map((folder) => refOf({ folder })))].sort(),
    })),
  };
}

function component(installed: InstalledPackage, ref: string, lock: LockFile): Component {
  const { name, version, licence } = installed;
  const integrity = lock.packages[ref]?.integrity;
  return {
    type: 'library',
    'bom-ref': ref,
    name,
    version,
    purl: `pkg:npm/${name.replace('@', '%40')}@${version}`,
    ...(licence && { licenses: [{ expression: licence }] }),
    ...(integrity && { hashes: [hash(integrity)] }),
  };
}

/** npm writes `sha512-` and base64, CycloneDX `SHA-512` and hex. */
function hash(integrity: string): { alg: string; content: string } {
  const [algorithm = '', base64 = ''] = integrity.split('-');
  return {
    alg: algorithm.replace('sha', 'SHA-'),
    content: Buffer.from(base64, 'base64').toString('hex'),
  };
}
