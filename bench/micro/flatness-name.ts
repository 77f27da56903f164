/** What the piece is called that serves so many routes with so many requests open. */
export function flatnessName(routes: number, inFlight: number): string {
  return `sampled request, ${loadName(routes, inFlight)}`;
}

/** So many routes and so many open requests, in words. */
export function loadName(routes: number, inFlight: number): string {
  return `routes: ${routes}, in flight: ${inFlight}`;
}
