import {
  type DynamicModule,
  Global,
  Inject,
  Module,
  type NestModule,
  type OnApplicationShutdown,
  type OnModuleInit,
  Optional,
} from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR, HttpAdapterHost } from '@nestjs/core';
import { init, type Telemetry } from '@org/otel-core';
import { checkOptions, shown } from './check.options.ts';
import { ControllerSpanInterceptor } from './controller.span.interceptor.ts';
import { ControllerSpans } from './controller.spans.ts';
import { tellFastifyRoutes } from './fastify.route.ts';
import { checkLogger, loggerProvider, OTEL_LOGGER, useLoggerAtOnce } from './module.logger.ts';
import {
  ConfigurableModuleClass,
  MODULE_OPTIONS_TOKEN,
  type OtelModuleOptions,
} from './otel.module.definition.ts';
import { ThrownErrorFilter } from './thrown.error.filter.ts';
import { TraceService } from './trace.service.ts';

const TELEMETRY = 'OTEL_TELEMETRY';

/**
 * Puts a Nest application under telemetry: starts it if nothing has, makes one span for each
 * controller handler, tells the server span its route, and flushes when the application shuts down.
 *
 * `imports: [OtelModule]` is enough; `forRoot(options)` takes the options of `init()` and starts at
 * once; `forRootAsync()` starts when its options are there. After an earlier `init()` all three use
 * what runs. The module is global, and importing it twice makes nothing twice.
 *
 * Nest calls the flush only on `app.close()`, or on a signal after `app.enableShutdownHooks()`.
 *
 * @example
 * ```ts
 * import { Module } from '@nestjs/common';
 * import { OtelModule } from '@org/otel-nestjs';
 *
 * @Module({ imports: [OtelModule.forRoot({ serviceName: 'shop' })] })
 * export class AppModule {}
 * ```
 */
@Global()
@Module({
  providers: [
    {
      provide: TELEMETRY,
      useFactory: (options?: OtelModuleOptions) => startTelemetry(options),
      inject: [{ token: MODULE_OPTIONS_TOKEN, optional: true }],
    },
    loggerProvider(MODULE_OPTIONS_TOKEN),
    ControllerSpans,
    { provide: APP_INTERCEPTOR, useClass: ControllerSpanInterceptor },
    { provide: APP_FILTER, useClass: ThrownErrorFilter },
    TraceService,
  ],
  exports: [TraceService, OTEL_LOGGER],
})
export class OtelModule
  extends ConfigurableModuleClass
  implements NestModule, OnModuleInit, OnApplicationShutdown
{
  readonly #telemetry: Telemetry;
  readonly #flushTimeout: number;
  readonly #adapterHost: HttpAdapterHost;
  readonly #controllerSpans: ControllerSpans;

  constructor(
    @Inject(TELEMETRY) telemetry: Telemetry,
    @Inject(HttpAdapterHost) adapterHost: HttpAdapterHost,
    @Inject(ControllerSpans) controllerSpans: ControllerSpans,
    @Optional() @Inject(MODULE_OPTIONS_TOKEN) options?: OtelModuleOptions,
  ) {
    super();
    this.#telemetry = telemetry;
    this.#adapterHost = adapterHost;
    this.#controllerSpans = controllerSpans;
    this.#flushTimeout = options?.flushTimeout ?? 2000;
  }

  /**
   * The module with its options; starts telemetry at once unless it runs already.
   *
   * @param options - Those of `init()`, and those of the module. Default: `{}`.
   * @throws TypeError when one of the module's own options cannot be used, at once.
   */
  static override forRoot(options: OtelModuleOptions = {}): DynamicModule {
    startTelemetry(options);
    useLoggerAtOnce(options.logger);
    // biome-ignore lint/complexity/noThisInStatic: the definition must name this class, not its parent.
    return super.forRoot(options);
  }

  /** Called by Nest before it makes the routes. */
  configure(): void {
    this.#controllerSpans.lendHandlers();
  }

  /** Called by Nest when the routes are made. */
  onModuleInit(): void {
    this.#controllerSpans.takeBack();
    tellFastifyRoutes(this.#adapterHost);
  }

  /** Called by Nest when its servers are closed; waits until everything recorded was acknowledged, `flushTimeout` at most. Never rejects. */
  async onApplicationShutdown(): Promise<void> {
    await this.#telemetry.forceFlush({ timeoutMillis: this.#flushTimeout });
  }
}

function startTelemetry(options: OtelModuleOptions = {}): Telemetry {
  checkOptions('OtelModule: options', options);
  const { controllerSpans = true, flushTimeout = 0, logger, ...rest } = options;
  if (typeof controllerSpans !== 'boolean') refuse('controllerSpans', 'true or false', options);
  const isTime = typeof flushTimeout === 'number' && flushTimeout >= 0;
  if (!isTime) refuse('flushTimeout', 'milliseconds from 0', options);
  checkLogger(logger);
  return init(rest);
}

function refuse(
  name: keyof OtelModuleOptions,
  expected: string,
  options: OtelModuleOptions,
): never {
  throw new TypeError(`OtelModule: ${name}: expected ${expected}, got ${shown(options[name])}`);
}
