import type { Laboratory } from './laboratory.ts';
import { startServerProcess } from './server-process.ts';
import type { Case } from './subject.ts';

/** Starts the server of a case so many times, while all others wait; milliseconds from the start of the process to its listening. */
export async function measureStarts(
  { subject, sampling }: Case,
  times: number,
  laboratory: Laboratory,
): Promise<number[]> {
  await using receiver = await laboratory.collector.open();
  const millis: number[] = [];
  for (let time = 0; time < times; time += 1) {
    await using server = await startServerProcess(subject, receiver, laboratory, {
      sampling: sampling ?? 0,
    });
    millis.push(server.startMillis);
  }
  return millis;
}
