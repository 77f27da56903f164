import { type ReadFile, readText } from './read-text.ts';

/** Docker, containerd and CRI-O: 64 hex digits; ECS on Fargate: 32 and a number. */
const IN_CGROUP = /(?:^|[/:-])([0-9a-f]{64}|[0-9a-f]{32}-\d+)(?:\.scope)?$/;

/** Under cgroup v2 only the files that the runtime mounts tell it; a sandbox is the pod's, not the container's. */
const IN_MOUNT = /\/(?:overlay-)?containers\/([0-9a-f]{64})\//;

/** The id of the container this process runs in, by cgroup v1 or v2; undefined outside of one. */
export function containerId(read: ReadFile = readText): string | undefined {
  return (
    firstMatch(read('/proc/self/cgroup'), IN_CGROUP) ??
    firstMatch(read('/proc/self/mountinfo'), IN_MOUNT)
  );
}

function firstMatch(text: string | undefined, pattern: RegExp): string | undefined {
  for (const line of text?.split('\n') ?? []) {
    const id = pattern.exec(line.trim())?.[1];
    if (id) return id;
  }
  return undefined;
}
