import type { ServerResponse } from 'node:http';

/**
 * Whether Express's last resort, `finalhandler`, answered: no route took the request, though one may
 * have passed it on. It says so nowhere but in the headers of its page; both are set by nothing else
 * with these values together.
 */
export function isFinalAnswer(response: ServerResponse): boolean {
  return (
    response.getHeader('content-security-policy') === "default-src 'none'" &&
    response.getHeader('x-content-type-options') === 'nosniff'
  );
}
