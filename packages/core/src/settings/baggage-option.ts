/** Where baggage goes, and what of it is recorded. */
export interface BaggageOption {
  /**
   * Hosts that get baggage beside the internal ones (loopback, private addresses, names of one label, `.local`, `.internal`,
   * `.svc`): names in which `*` stands for any characters, addresses, CIDR ranges. `['none']` sends it to no host at all.
   * Environment: `OTEL_NODE_BAGGAGE_HOSTS`.
   * @defaultValue none beside the internal ones
   */
  readonly hosts?: readonly string[];
  /**
   * Keys whose values become attributes of the spans that start and the log records that are emitted where the baggage is.
   * Environment: `OTEL_NODE_BAGGAGE_ATTRIBUTES`.
   * @defaultValue none
   */
  readonly attributes?: readonly string[];
}
