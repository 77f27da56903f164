import type { IncomingMessage } from 'node:http';
import { orElse } from '../lifecycle/harmless.ts';
import type { PropagationSettings } from '../settings/propagation-settings.ts';

/** A test for requests whose caller is believed; undefined where all are. A predicate that throws trusts nobody. */
export function trustedCallers(
  trust: PropagationSettings['trustIncoming'],
): ((request: IncomingMessage) => boolean) | undefined {
  if (trust === true) return undefined;
  if (trust === false) return () => false;
  return (request) =>
    orElse(
      () => trust(request) === true,
      () => false,
    );
}
