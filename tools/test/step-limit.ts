/** Milliseconds after which a step that does not end counts as failed: cold builds of all real parts fit in. */
export const stepLimit = 30 * 60_000;
