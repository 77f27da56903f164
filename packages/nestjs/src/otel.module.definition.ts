import { ConfigurableModuleBuilder, type LoggerService } from '@nestjs/common';
import type { InitOptions } from '@org/otel-core';

/**
 * What `OtelModule.forRoot()` takes: the options of `init()`, and those of the module.
 *
 * @example
 * ```ts
 * const options: OtelModuleOptions = { serviceName: 'shop', controllerSpans: false };
 * ```
 */
export interface OtelModuleOptions extends InitOptions {
  /** A span for each controller handler, between the server span and what the handler does. Default: `true`. */
  readonly controllerSpans?: boolean;
  /**
   * For how many milliseconds at most the shutdown of the application waits for the flush, from 0.
   * What is not acknowledged by then may be lost. Default: `2000`.
   */
  readonly flushTimeout?: number;
  /**
   * The logger of the application, its bootstrap lines included: `nestLogger(createLogger())` of `@org/otel-winston`, or any
   * LoggerService. Also provided as `OTEL_LOGGER`. Default: the one that Nest has.
   */
  readonly logger?: LoggerService;
}

export const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } =
  new ConfigurableModuleBuilder<OtelModuleOptions>({ moduleName: 'Otel' })
    .setClassMethodName('forRoot')
    .build();
