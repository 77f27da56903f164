/** What the piece is called that serves so many routes with so many requests open. */
export function flatnessName(routes: number, inFlight: number): string {
  return `sampled request, routes: ${routes}, in flight: ${inFlight}`;
}
