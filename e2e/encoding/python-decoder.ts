import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { pythonVenv } from '../../tools/cache.ts';
import { repository } from '../../tools/repository.ts';

/** What an application sent, as it came. */
export interface SentRequest {
  readonly signal: 'traces' | 'logs';
  readonly body: Buffer;
}

const program = fileURLToPath(new URL('../fixtures/encoding/decode.py', import.meta.url));

/** The items of the requests, as Python's opentelemetry-proto reads them; throws with what Python says. */
export async function decodeWithPython(requests: readonly SentRequest[]): Promise<unknown[]> {
  const python = await pythonVenv(join(repository, 'apps/api-python/requirements.txt'));
  const child = spawn(python, [program], { stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  const ended = once(child, 'close');
  for (const { signal, body } of requests) {
    child.stdin.write(`${signal} ${body.toString('base64')}\n`);
  }
  child.stdin.end();
  const items: unknown[] = [];
  for await (const line of createInterface(child.stdout)) items.push(JSON.parse(line, numberOf));
  const [code] = await ended;
  if (code !== 0) throw new Error(`Python could not decode a request:\n${said}`);
  return items;
}

/**
 * JSON has no NaN and no infinities: Python wrote doubles as text. A whole number past 2^53 may come as
 * an integer or as a double: both are its value.
 */
function numberOf(_: string, value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  const number = Number(String(value[1]).replace('inf', 'Infinity'));
  const large = value[0] === 'int' && !Number.isSafeInteger(number);
  return value[0] === 'double' || large ? ['double', number] : value;
}
