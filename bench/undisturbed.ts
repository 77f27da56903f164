/** Of the measurements, the share that is believed. */
const SHARE = 1 / 9;

/**
 * The mean of the cheapest ninth of repeated measurements of one thing; NaN of none. Whoever else uses the machine only
 * ever adds to a measurement, often for seconds: the dearer ones say more of them than of the thing.
 */
export function undisturbed(values: readonly number[]): number {
  const cheapest = values.toSorted((a, b) => a - b).slice(0, Math.ceil(values.length * SHARE));
  return cheapest.reduce((sum, value) => sum + value, 0) / cheapest.length;
}
