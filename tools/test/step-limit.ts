/** Milliseconds after which a step that does not end counts as failed: a cold build of a Collector fits in. */
export const stepLimit = 20 * 60_000;
