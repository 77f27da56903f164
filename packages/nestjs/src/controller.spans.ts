import { Inject, Injectable, Optional } from '@nestjs/common';
import {
  ApplicationConfig,
  HttpAdapterHost,
  MetadataScanner,
  ModulesContainer,
} from '@nestjs/core';
import { diag } from '@opentelemetry/api';
import { isInstrumentationDisabled } from '@org/otel-core';
import { HandlerSteps } from './handler.steps.ts';
import { isObserved, observeHandler } from './observed.handler.ts';
import { MODULE_OPTIONS_TOKEN, type OtelModuleOptions } from './otel.module.definition.ts';

type Handler = (this: unknown, ...args: unknown[]) => unknown;
type Controller = Record<string, unknown>;

/** Applications that are served: a module imported twice must not double the spans. */
const served = new WeakSet<object>();

/** Applications whose routes Nest makes now, of observed handlers. */
const lending = new WeakSet<object>();

/**
 * The controller spans of one application. While Nest makes its routes it finds the handlers on their
 * controllers replaced by observed ones, and no interceptor of ours: a global interceptor costs every
 * request 20 us and more. Afterwards the controllers are as they were.
 */
@Injectable()
export class ControllerSpans {
  /** Whether these are the application's first. */
  readonly first: boolean;
  readonly #application: object;
  readonly #option: boolean;
  readonly #modules: ModulesContainer;
  readonly #steps: HandlerSteps;
  readonly #lent: (() => void)[] = [];

  constructor(
    @Inject(HttpAdapterHost) application: object,
    @Inject(ModulesContainer) modules: ModulesContainer,
    @Inject(ApplicationConfig) config: ApplicationConfig,
    @Optional() @Inject(MODULE_OPTIONS_TOKEN) options?: OtelModuleOptions,
  ) {
    this.first = !served.has(application);
    this.#application = application;
    this.#steps = new HandlerSteps(config);
    this.#option = options?.controllerSpans ?? true;
    this.#modules = modules;
    served.add(application);
  }

  /** Whether spans are asked for. */
  get wanted(): boolean {
    return this.#option && !isInstrumentationDisabled('nestjs');
  }

  /** Whether Nest finds observed handlers now. */
  get handlersLent(): boolean {
    return lending.has(this.#application);
  }

  /** Before Nest makes the routes. Where a controller does not let itself be observed, all stay with the interceptor. */
  lendHandlers(): void {
    if (!this.first) return;
    lending.add(this.#application);
    try {
      if (this.wanted) this.#controllers().forEach(this.#lendTo, this);
    } catch (failure) {
      lending.delete(this.#application);
      diag.warn(
        '@org/otel-nestjs: a controller cannot be observed; all have the interceptor',
        failure,
      );
    }
  }

  /** After it made them. */
  takeBack(): void {
    lending.delete(this.#application);
    for (const restore of this.#lent.splice(0)) restore();
  }

  /** Without the request-scoped ones, of which each request has its own. */
  #controllers(): Controller[] {
    return [...this.#modules.values()]
      .flatMap(({ controllers }) => [...controllers.values()])
      .filter((wrapper) => wrapper.isDependencyTreeStatic())
      .map(({ instance }) => instance as Controller);
  }

  #lendTo(controller: Controller): void {
    const prototype = Object.getPrototypeOf(controller);
    for (const name of new MetadataScanner().getAllMethodNames(prototype)) {
      const handler = controller[name] as Handler;
      if (!isRoute(prototype[name]) || isObserved(handler)) continue;
      const entered = this.#steps.standBefore(handler, controller, name);
      this.#lent.push(replace(controller, name, observeHandler(controller, handler, entered)));
    }
  }
}

/** Nest's marks of a route handler; a handler of messages has none of them. */
function isRoute(method: object): boolean {
  return Reflect.hasMetadata('path', method) && Reflect.hasMetadata('method', method);
}

function replace(controller: Controller, name: string, value: unknown): () => void {
  const own = Object.getOwnPropertyDescriptor(controller, name);
  Object.defineProperty(controller, name, { value, writable: true, configurable: true });
  return () => {
    if (own) Object.defineProperty(controller, name, own);
    else delete controller[name];
  };
}
