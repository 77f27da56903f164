import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { guardedListener } from '../lifecycle/guarded.ts';

type Listener = (message: never) => void;

/**
 * Subscribes a listener to each of the channels. What one throws (a sampler of the application's own,
 * say) is said and goes no further: Node would raise it as the application's uncaught exception.
 * Returns the function that ends it.
 */
export function listen(listeners: Readonly<Record<string, Listener>>): () => void {
  const subscribed = Object.entries(listeners).map(([channel, listener]) => {
    const safe = guardedListener(channel, listener as (message: unknown) => void);
    subscribe(channel, safe);
    return [channel, safe] as const;
  });
  return () => {
    for (const [channel, safe] of subscribed) unsubscribe(channel, safe);
  };
}
