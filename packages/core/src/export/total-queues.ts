import type { QueueStats } from './queue-stats.ts';

/** The queues of several exporters of one signal, added up. */
export function totalQueues(parts: readonly { queue(): QueueStats }[]): QueueStats {
  const total = { size: 0, capacity: 0, processed: 0, queueFull: 0, alreadyShutdown: 0 };
  for (const part of parts) {
    const queue = part.queue();
    total.size += queue.size;
    total.capacity += queue.capacity;
    total.processed += queue.processed;
    total.queueFull += queue.queueFull;
    total.alreadyShutdown += queue.alreadyShutdown;
  }
  return total;
}
