/**
 * The mean of the cheaper half of repeated measurements of one thing; NaN of none. Whoever else uses the machine only ever
 * adds to a measurement, often for seconds: the dearer half says more of them than of the thing.
 */
export function undisturbed(values: readonly number[]): number {
  const cheaper = values.toSorted((a, b) => a - b).slice(0, Math.ceil(values.length / 2));
  return cheaper.reduce((sum, value) => sum + value, 0) / cheaper.length;
}
