import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { CannotRun } from './cannot-run.ts';
import type { Child } from './child.ts';

/**
 * Waits until a child accepts connections. A bare connection and no request: a request would be a trace.
 * Throws `CannotRun` with the child's last lines when it ends first or takes longer than a minute.
 */
export async function untilItListens(
  child: Child,
  port: number,
  signal: AbortSignal,
): Promise<void> {
  for (let tries = 0; tries < 1200; tries++) {
    if (await accepts(port)) return;
    if (child.ended) break;
    await delay(50, undefined, { signal });
  }
  const reason = child.ended ? `ended (${child.ended})` : 'waited a minute';
  throw new CannotRun(
    `${child.name} ${reason} before it listened on port ${port}; it wrote:\n${child.lastLines.join('\n')}`,
  );
}

async function accepts(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
