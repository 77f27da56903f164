import { appendFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';

/** How a container runtime writes a line that a container printed; a long one in pieces. */
type Runtime = (line: string) => string;

const PIECE = 16_384;

/** The runtimes that Kubernetes runs on. */
const runtimes = {
  containerd: (line) =>
    piecesOf(line)
      .map((piece, at, all) => `${new Date().toISOString()} stdout ${mark(at, all)} ${piece}\n`)
      .join(''),
  'cri-o': (line) =>
    piecesOf(line)
      .map((piece, at, all) => {
        const time = new Date().toISOString().replace('Z', '000000+00:00');
        return `${time} stdout ${mark(at, all)} ${piece}\n`;
      })
      .join(''),
  docker: (line) =>
    piecesOf(`${line}\n`)
      .map(
        (log) => `${JSON.stringify({ log, stream: 'stdout', time: new Date().toISOString() })}\n`,
      )
      .join(''),
} satisfies Record<string, Runtime>;

function mark(at: number, pieces: string[]): string {
  return at === pieces.length - 1 ? 'F' : 'P';
}

function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  for (let at = 0; at === 0 || at < text.length; at += PIECE)
    pieces.push(text.slice(at, at + PIECE));
  return pieces;
}

/** Writes what a container printed where the kubelet keeps it: one pod for each runtime, the lines in turn. */
export async function writePods(
  folder: string,
  container: string,
  lines: readonly string[],
): Promise<void> {
  const entries = Object.entries(runtimes);
  for (const [index, [name, wrap]] of entries.entries()) {
    const pod = join(folder, `shop_${container}-${name}_0000-${index}`, container);
    await mkdir(pod, { recursive: true });
    const own = lines.filter((_, at) => at % entries.length === index);
    await appendFile(join(pod, '0.log'), own.map(wrap).join(''));
  }
}
