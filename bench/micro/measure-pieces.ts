import { Bench } from 'tinybench';
import type { Piece } from './piece.ts';

/** Nanoseconds of CPU time a run, and the margin of error of their mean. */
export interface PieceResult {
  readonly name: string;
  readonly nanoseconds: number;
  readonly marginPercent: number;
}

/** One sample is many runs: CPU time has whole microseconds, and each sample is to have its share of garbage collections. */
const millisPerSample = 10;

/** Measures one piece after another; the figures are those of the least disturbed sample. */
export async function measurePieces(pieces: readonly Piece[]): Promise<PieceResult[]> {
  const bench = new Bench({ now: cpuMillis, time: 600, warmupTime: 300, throws: true });
  const measured = pieces.map((piece) => ({ piece, runs: runsFor(piece) }));
  for (const { piece, runs } of measured) bench.add(piece.name, () => repeat(piece, runs));
  await bench.run();
  return measured.map(({ piece: { name }, runs }) => {
    const result = bench.getTask(name)?.result;
    if (!result || !('latency' in result)) throw new Error(`${name}: ${result?.state}`);
    const { min, rme } = result.latency;
    const nanoseconds = Math.round((min / runs) * 1e6);
    return { name, nanoseconds, marginPercent: Number(rme.toFixed(1)) };
  });
}

function runsFor(piece: Piece): number {
  repeat(piece, 1); // whatever it does only once
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
