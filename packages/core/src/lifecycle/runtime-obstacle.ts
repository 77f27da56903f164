/** Why this runtime cannot be observed, as a sentence; undefined where it can. */
export function runtimeObstacle(
  versions: NodeJS.ProcessVersions = process.versions,
): string | undefined {
  for (const other of ['bun', 'deno']) {
    if (versions[other]) {
      return `@org/otel-core observes Node.js through its diagnostics channels, which ${other} does not publish in full; telemetry is off`;
    }
  }
  const [major = 0, minor = 0] = versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 15)) return undefined;
  return `@org/otel-core needs Node.js 22.15 or newer, this is ${versions.node}; telemetry is off`;
}
