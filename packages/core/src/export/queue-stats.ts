/** A queue in front of an exporter, and what became of the items that came to it since `init()`. */
export interface QueueStats {
  /** Items that wait for the next batch. */
  readonly size: number;
  readonly capacity: number;
  /** Items that left it in a batch. */
  readonly processed: number;
  /** Items that found it full. */
  readonly queueFull: number;
  /** Items that came after the shutdown, or waited still when its deadline passed. */
  readonly alreadyShutdown: number;
}
