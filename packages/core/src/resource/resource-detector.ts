type Value = string | number | boolean | readonly string[] | undefined;

/** What a detector found; a value may still be on its way. */
export interface DetectedAttributes {
  readonly attributes?: Readonly<Record<string, Value | Promise<Value>>>;
}

/**
 * Finds out where the process runs; a ResourceDetector of `@opentelemetry/resources` is one.
 *
 * @example
 * ```ts
 * const rack: ResourceDetector = { detect: () => ({ attributes: { 'rack.id': readRack() } }) };
 * ```
 */
export interface ResourceDetector {
  /** Called once, by `init()`. Values that are promises are waited for before the first export, for `resource.timeoutMillis` at most. */
  detect(): DetectedAttributes;
}
