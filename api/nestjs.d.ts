// Public API, checked by `npm test`. Updated by `npm run api`.

import * as _nestjs_common from '@nestjs/common';
import { ApplicationConfig } from '@nestjs/core';
import { Attributes } from '@opentelemetry/api';
import { DynamicModule } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { InitOptions } from '@org/otel-core';
import { LoggerService } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { NestModule } from '@nestjs/common';
import { OnApplicationShutdown } from '@nestjs/common';
import { OnModuleInit } from '@nestjs/common';
import { Span as Span$1 } from '@opentelemetry/api';
import { SpanKind } from '@opentelemetry/api';
import { SpanOptions } from '@opentelemetry/api';
import { Telemetry } from '@org/otel-core';
import { TraceFields } from '@org/otel-core';

/**
 * Gives a handler's parameter the active span: the controller span, or the server span where there
 * is none; undefined without telemetry.
 *
 * @example
 * ```ts
 * class OrdersController {
 *   find(@ActiveSpan() span: Span | undefined) {
 *     span?.setAttribute('app.vip', true);
 *   }
 * }
 * ```
 */
export declare const ActiveSpan: () => ParameterDecorator;

/**
 * Gives a handler's parameter one value of the request's baggage, or with no name all of it;
 * undefined where the caller sent none.
 *
 * @example
 * ```ts
 * class OrdersController {
 *   find(@BaggageValue('tenant') tenant: string | undefined) {
 *     return { tenant };
 *   }
 * }
 * ```
 */
export declare const BaggageValue: (name?: string) => ParameterDecorator;

/**
 * Counts the calls of a method, each when its work has ended: when a promise settles, when an
 * Observable or a generator is done. A call that failed has `error.type`.
 *
 * @param name - Name of the metric, such as `orders.placed`.
 * @param options - Default: `{}`.
 * @throws TypeError when the name is empty, the options are none or the member is not a method, at decoration.
 * @example
 * ```ts
 * class Orders {
 *   @Counter('orders.placed', { unit: '{order}' })
 *   async place() {}
 * }
 * ```
 */
export declare function Counter(name: string, options?: MetricDecoratorOptions): MethodDecorator;

/**
 * The `instrument` option of Nest's application, which is handed every instance that Nest makes.
 *
 * @example
 * ```ts
 * const instrument: EnhancerInstrument = enhancerSpans();
 * ```
 */
export interface EnhancerInstrument {
    /** Gives an instance back; a guard, interceptor, pipe or middleware with its one method under a span. */
    instanceDecorator(instance: unknown): unknown;
}

/**
 * What `enhancerSpans()` takes: which of Nest's enhancers get spans.
 *
 * @example
 * ```ts
 * const options: EnhancerSpansOptions = { pipes: false };
 * ```
 */
export interface EnhancerSpansOptions {
    /** `AuthGuard.canActivate`. Default: `true`. */
    guards?: boolean;
    /** `CacheInterceptor.intercept`: what it does until it hands over to the handler. Default: `true`. */
    interceptors?: boolean;
    /** `ValidationPipe.transform`, one for each value. Default: `true`. */
    pipes?: boolean;
    /** `TenantMiddleware.use`: until it calls `next()`, or the response closes. Default: `true`. */
    middleware?: boolean;
}

/**
 * Measures how long the calls of a method take, in seconds, each until its work has ended. A call
 * that failed has `error.type`.
 *
 * @param name - Name of the metric, such as `orders.place.duration`.
 * @param options - Default: `{}`.
 * @throws TypeError when the name is empty, the options are none or the member is not a method, at decoration.
 * @example
 * ```ts
 * class Orders {
 *   @Histogram('orders.place.duration')
 *   async place() {}
 * }
 * ```
 */
export declare function Histogram(name: string, options?: MetricDecoratorOptions): MethodDecorator;

/**
 * What `@Counter()` and `@Histogram()` take after the name. Every option may be left out.
 *
 * @example
 * ```ts
 * const options: MetricDecoratorOptions = { description: 'Orders placed.', unit: '{order}' };
 * ```
 */
export interface MetricDecoratorOptions {
    /** What is measured, in a sentence. Default: none. */
    description?: string;
    /** Unit by UCUM. Default: `{call}` of a counter; a histogram's is always `s`. */
    unit?: string;
    /** Attributes of every measurement: few values each. Default: none. */
    attributes?: Attributes;
}

/**
 * Token of the logger that `OtelModule` provides: the one it was given, else Nest's own.
 *
 * @example
 * ```ts
 * constructor(@Inject(OTEL_LOGGER) private readonly logger: LoggerService) {}
 * ```
 */
export declare const OTEL_LOGGER = "OTEL_LOGGER";

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
export declare class OtelModule extends ConfigurableModuleClass implements NestModule, OnModuleInit, OnApplicationShutdown {
    #private;
    constructor(telemetry: Telemetry, adapterHost: HttpAdapterHost, controllerSpans: ControllerSpans, options?: OtelModuleOptions);
    /**
     * The module with its options; starts telemetry at once unless it runs already.
     *
     * @param options - Those of `init()`, and those of the module. Default: `{}`.
     * @throws TypeError when one of the module's own options cannot be used, at once.
     */
    static forRoot(options?: OtelModuleOptions): DynamicModule;
    /** Called by Nest before it makes the routes. */
    configure(): void;
    /** Called by Nest when the routes are made. */
    onModuleInit(): void;
    /** Called by Nest when its servers are closed; waits until everything recorded was acknowledged, `flushTimeout` at most. Never rejects. */
    onApplicationShutdown(): Promise<void>;
}

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

/**
 * Puts a method under a span of its own, active inside it and everything it calls.
 *
 * The span ends when the work ends: at the return of a sync method, when a promise or thenable
 * settles, when an Observable completes, fails or is unsubscribed, when a generator is done. An
 * error is written once, where it surfaces first, and sets status ERROR, unless it is an
 * HttpException below 500. Name, length and all metadata of the method are kept, so it goes above
 * or below Nest's own decorators.
 *
 * @param nameOrOptions - Default: a span named `ClassName.method`, kind internal, no attributes.
 * @throws TypeError when an option has the wrong type or the member is not a method, at decoration.
 * @example
 * ```ts
 * class Cards {
 *   @Span({ attributes: (amount: number) => ({ 'app.amount': amount }) })
 *   async charge(amount: number) {
 *     return amount;
 *   }
 * }
 * ```
 */
export declare function Span(nameOrOptions?: string | SpanDecoratorOptions): MethodDecorator;

/**
 * What `@Span()` takes in place of a name. Every option may be left out.
 *
 * @example
 * ```ts
 * const options: SpanDecoratorOptions = { name: 'charge card', kind: SpanKind.CLIENT };
 * ```
 */
export interface SpanDecoratorOptions {
    /** Name of the span. Default: `ClassName.method`. */
    name?: string;
    /** Kind of the span. Default: `SpanKind.INTERNAL`. */
    kind?: SpanKind;
    /**
     * Attributes, or a function of the method's arguments that is asked only if the span records.
     * Default: none. An error thrown by the function is logged through `diag` and goes no further.
     */
    attributes?: Attributes | ((...args: any[]) => Attributes);
}

/**
 * Gives a handler's parameter the id of its trace, 32 hexadecimal digits, sampled or not; undefined
 * without telemetry.
 *
 * @example
 * ```ts
 * class OrdersController {
 *   find(@TraceId() traceId: string | undefined) {
 *     return { traceId };
 *   }
 * }
 * ```
 */
export declare const TraceId: () => ParameterDecorator;

/**
 * The active span and its ids, and spans of your own, by injection. `OtelModule` is global: inject it
 * anywhere.
 *
 * @example
 * ```ts
 * class Orders {
 *   constructor(@Inject(TraceService) private readonly traces: TraceService) {}
 *
 *   pay(id: string) {
 *     this.traces.getSpan()?.setAttribute('app.order', id);
 *     return this.traces.withSpan('charge card', () => charge(id));
 *   }
 * }
 * ```
 */
export declare class TraceService {
    /** The active span, or undefined where none is active. */
    getSpan(): Span$1 | undefined;
    /**
     * Runs a function under a new span and returns what it returns. The span is active inside, ends
     * when the returned promise, Observable or generator has ended, and fails with it.
     *
     * @param name - Name of the span.
     * @param run - Gets the span; what it throws goes through to the caller.
     * @param options - Kind, attributes, links. Default: kind internal.
     */
    withSpan<T>(name: string, run: (span: Span$1) => T, options?: SpanOptions): T;
    /** The ids of the active span for a log line or a response header; undefined where none is active. */
    traceFields(): TraceFields | undefined;
}

/**
 * Puts every method of a class under a span, as `@Span()` does for one: for the services whose steps
 * you want to see.
 *
 * Left alone are static and inherited methods, accessors, methods that have `@Span()`, Nest's
 * lifecycle hooks, and route handlers, which have their controller span.
 *
 * @param options - Default: `{}`.
 * @throws TypeError when an option has the wrong type or `exclude` names what is no method of the class, at decoration.
 * @example
 * ```ts
 * @Traceable()
 * class Prices {
 *   async of(item: string) {
 *     return item.length;
 *   }
 * }
 * ```
 */
export declare function Traceable(options?: TraceableOptions): ClassDecorator;

/**
 * What `@Traceable()` takes. Every option may be left out.
 *
 * @example
 * ```ts
 * const options: TraceableOptions = { exclude: ['isReady'] };
 * ```
 */
export interface TraceableOptions {
    /** Methods that get no span. Default: none. */
    exclude?: string[];
    /** Kind of the spans. Default: `SpanKind.INTERNAL`. */
    kind?: NonNullable<SpanDecoratorOptions['kind']>;
}

/**
 * Puts guards, interceptors, pipes and middleware of a Nest application under spans of their own, through
 * the door that Nest 11.2 and 12 have for that. Without it there are no such spans, and nothing is done for them.
 *
 * Seen is what Nest makes (classes in decorators, `APP_GUARD` and the like, middleware of `configure()`) and what
 * `useGlobalGuards()` and its sisters are given; not what `@UseGuards(new Guard())` brings along, nor functions given
 * to `app.use()`. Nest 10 ignores the option: put `@Traceable()` on the class there.
 *
 * @param options - Default: all four.
 * @throws TypeError when an option is unknown or no boolean, at once.
 * @example
 * ```ts
 * const app = await NestFactory.create(AppModule, { instrument: enhancerSpans({ pipes: false }) });
 * ```
 */
export declare function enhancerSpans(options?: EnhancerSpansOptions): EnhancerInstrument;

declare const ConfigurableModuleClass: _nestjs_common.ConfigurableModuleCls<OtelModuleOptions, "forRoot", "create", {}>;

/**
 * The controller spans of one application. While Nest makes its routes it finds the handlers on their
 * controllers replaced by observed ones, and no interceptor of ours: a global interceptor costs every
 * request 20 us and more. Afterwards the controllers are as they were.
 */
declare class ControllerSpans {
    #private;
    /** Whether these are the application's first. */
    readonly first: boolean;
    constructor(application: object, modules: ModulesContainer, config: ApplicationConfig, options?: OtelModuleOptions);
    /** Whether spans are asked for. */
    get wanted(): boolean;
    /** Whether Nest finds observed handlers now. */
    get handlersLent(): boolean;
    /** Before Nest makes the routes. Where a controller does not let itself be observed, all stay with the interceptor. */
    lendHandlers(): void;
    /** After it made them. */
    takeBack(): void;
}

export { InitOptions } from '@org/otel-core';
export { Telemetry } from '@org/otel-core';
export { TraceFields } from '@org/otel-core';
export { init } from '@org/otel-core';
export { recordError } from '@org/otel-core';
