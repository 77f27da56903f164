// npm run release: a rehearsal. Releases a copy of this checkout to a registry of this machine and
// says what a release would publish. The real release is .github/workflows/release.yml.
import { rehearseRelease } from './release/rehearse-release.ts';

await using rehearsal = await rehearseRelease();
for (const [name, version] of Object.entries(rehearsal.published)) {
  process.stdout.write(`${name} ${version}\n`);
}
