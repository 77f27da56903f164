import { describe, expect, it } from 'vitest';
import { billOfMaterials } from './bill-of-materials.ts';

const ours = {
  name: '@org/ours',
  version: '1.0.0',
  licence: 'Apache-2.0',
  folder: '/repo/packages/ours',
  needs: ['/repo/node_modules/a', '/repo/node_modules/a'],
};
const a = {
  name: 'a',
  version: '2.0.0',
  licence: undefined,
  folder: '/repo/node_modules/a',
  needs: [],
};
const lock = { packages: { 'node_modules/a': { integrity: 'sha512-AQID' } } };

describe('billOfMaterials', () => {
  it('lists each package with purl, licence and hash, and what it needs', () => {
    expect(billOfMaterials([ours, a], '/repo', lock)).toEqual({
      bomFormat: 'CycloneDX',
      specVersion: '1.5',
      version: 1,
      components: [
        {
          type: 'library',
          'bom-ref': 'packages/ours',
          name: '@org/ours',
          version: '1.0.0',
          purl: 'pkg:npm/%40org/ours@1.0.0',
          licenses: [{ expression: 'Apache-2.0' }],
        },
        {
          type: 'library',
          'bom-ref': 'node_modules/a',
          name: 'a',
          version: '2.0.0',
          purl: 'pkg:npm/a@2.0.0',
          hashes: [{ alg: 'SHA-512', content: '010203' }],
        },
      ],
      dependencies: [
        { ref: 'packages/ours', dependsOn: ['node_modules/a'] },
        { ref: 'node_modules/a', dependsOn: [] },
      ],
    });
  });
});
