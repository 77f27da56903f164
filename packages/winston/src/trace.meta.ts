import { capturingMeta } from './captured.ts';

/**
 * A `defaultMeta` that remembers, inside the log call, which span is active. `traceFormat()` and `OtlpTransport` then
 * use what was remembered, so that a line that waits behind a slow transport still carries its own ids. It adds no
 * visible field by itself: `traceFormat()` writes them.
 *
 * Use it where a logger is made by somebody else (nest-winston, for one); `createLogger()` has it built in.
 * Give it your own metadata rather than spreading it into yours: spreading would read its getters once, for all lines.
 *
 * @param own - further metadata for every line. Default none. Its own getters stay getters.
 *
 * @example
 * ```ts
 * const logger = winston.createLogger({
 *   defaultMeta: traceMeta({ service: 'shop' }),
 *   format: winston.format.combine(traceFormat(), winston.format.json()),
 *   transports: [new winston.transports.Console()],
 * });
 * ```
 */
export function traceMeta(own: object = {}): object {
  return Object.defineProperties({}, {
    ...Object.getOwnPropertyDescriptors(own),
    ...Object.getOwnPropertyDescriptors(capturingMeta()),
  } as PropertyDescriptorMap);
}
