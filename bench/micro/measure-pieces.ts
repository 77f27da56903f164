import { Bench } from 'tinybench';
import type { Piece } from './piece.ts';

/** Nanoseconds of CPU time a run, and the margin of error of their mean. */
export interface PieceResult {
  readonly name: string;
  readonly nanoseconds: number;
  readonly marginPercent: number;
}

/** CPU time has whole microseconds: one sample is many runs. */
const millisPerSample = 3;

/** Measures one piece after another; the figures are medians. */
export async function measurePieces(pieces: readonly Piece[]): Promise<PieceResult[]> {
  const bench = new Bench({ now: cpuMillis, time: 400, warmupTime: 200, throws: true });
  const measured = pieces.map((piece) => ({ piece, runs: runsFor(piece) }));
  for (const { piece, runs } of measured) bench.add(piece.name, () => repeat(piece, runs));
  await bench.run();
  return measured.map(({ piece: { name }, runs }) => {
    const result = bench.getTask(name)?.result;
    if (!result || !('latency' in result)) throw new Error(`${name}: ${result?.state}`);
    const { p50, rme } = result.latency;
    const nanoseconds = Math.round((p50 / runs) * 1e6);
    return { name, nanoseconds, marginPercent: Number(rme.toFixed(1)) };
  });
}

function runsFor(piece: Piece): number {
  for (let runs = 1; ; runs *= 2) {
    const started = cpuMillis();
    repeat(piece, runs);
    if (cpuMillis() - started > millisPerSample) return runs;
  }
}

function repeat({ run }: Piece, runs: number): void {
  for (let n = 0; n < runs; n += 1) run();
}

/** Other processes of the machine do not count. */
function cpuMillis(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
