import { type ReadFile, readText } from './read-text.ts';

/** Docker, containerd and CRI-O. */
const ID = /^[0-9a-f]{64}$/;

/** ECS on Fargate. */
const TASK_ID = /^[0-9a-f]{32}-[0-9]{1,20}$/;

/** The id of the container this process runs in, by cgroup v1 or v2; undefined outside of one. */
export function containerId(read: ReadFile = readText): string | undefined {
  return (
    firstFound(read('/proc/self/cgroup'), idInCgroup) ??
    firstFound(read('/proc/self/mountinfo'), idInMount)
  );
}

function firstFound(
  text: string | undefined,
  find: (line: string) => string | undefined,
): string | undefined {
  for (const line of text?.split('\n') ?? []) {
    const id = find(line.trim());
    if (id) return id;
  }
  return undefined;
}

/** The last part of the path, which may begin with the runtime's name and end with `.scope`. */
function idInCgroup(line: string): string | undefined {
  const name = (line.split(/[/:]/).at(-1) ?? '').replace('.scope', '');
  if (TASK_ID.test(name)) return name;
  const last = name.split('-').at(-1) ?? '';
  return ID.test(last) ? last : undefined;
}

/** Under cgroup v2 only the files that the runtime mounts tell it; a sandbox is the pod's, not the container's. */
function idInMount(line: string): string | undefined {
  const parts = line.split('/');
  return parts.find((part, at) => ID.test(part) && parts[at - 1]?.endsWith('containers'));
}
