/** Of the measurements, the share that is believed. */
const SHARE = 1 / 9;

/** They differ by less than this share when nobody disturbed them. */
const SETTLED = 0.04;

/**
 * The mean of the cheapest ninth of repeated measurements of one thing; NaN of none. Whoever else uses the machine only
 * ever adds to a measurement, often for seconds: the dearer ones say more of them than of the thing.
 */
export function undisturbed(values: readonly number[]): number {
  const cheapest = cheapestOf(values);
  return cheapest.reduce((sum, value) => sum + value, 0) / cheapest.length;
}

/** Whether the cheapest ninth agree: then none of them can have been disturbed. */
export function isSettled(values: readonly number[]): boolean {
  const cheapest = cheapestOf(values);
  return Math.max(...cheapest) / Math.min(...cheapest) <= 1 + SETTLED;
}

function cheapestOf(values: readonly number[]): number[] {
  return values.toSorted((a, b) => a - b).slice(0, Math.ceil(values.length * SHARE));
}
