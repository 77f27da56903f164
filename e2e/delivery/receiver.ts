// A collector in a process of its own that knows the sender's spans by their number.
import { startReceiver } from '@org/otel-testing/collector';
import type { Received } from './start-receiver.ts';

const received: Received = { unique: 0, duplicates: 0, requests: 0 };
let seen = new Uint8Array(1 << 20);

const receiver = await startReceiver({
  sink: {
    add({ spans }) {
      received.requests += 1;
      for (const { name } of spans) see(Number(name));
    },
  },
});

function see(number: number): void {
  const at = number >> 3;
  const bit = 1 << (number & 7);
  if (at >= seen.length) {
    const larger = new Uint8Array(2 * at);
    larger.set(seen);
    seen = larger;
  }
  const byte = seen[at] ?? 0;
  if (byte & bit) received.duplicates += 1;
  else received.unique += 1;
  seen[at] = byte | bit;
}

process.on('message', () => process.send?.(received));
process.on('disconnect', () => process.exit());
process.send?.({ port: receiver.port });
