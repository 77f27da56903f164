import { fileURLToPath } from 'node:url';
import type { OnCore } from './cores.ts';
import { startHelper } from './helper-process.ts';

const program = fileURLToPath(new URL('./busy-loop.ts', import.meta.url));

/** Answers of the loop that are compared at a time; one takes some 50 ms. */
const LOOPS = 4;
/** Whether two processors of a virtual machine are threads of one core can change while it runs. */
const TIMES = 8;

/** How many times longer a fixed loop takes on the first core while the second is busy: the worst of several times. */
export async function slowdown(onFirst: OnCore, onSecond: OnCore): Promise<number> {
  await using loop = startHelper(onFirst([process.execPath, program]));
  await using disturber = startHelper(onSecond([process.execPath, program]));
  const micros = async (of = loop) => (await of.ask({ loops: LOOPS })) as number;
  await Promise.all([micros(), micros(disturber)]);
  const alone: number[] = [];
  const disturbed: number[] = [];
  for (let time = 0; time < TIMES; time += 1) {
    alone.push(await micros());
    const [slower] = await Promise.all([micros(), micros(disturber)]);
    disturbed.push(slower);
  }
  return Math.max(...disturbed) / Math.min(...alone);
}
