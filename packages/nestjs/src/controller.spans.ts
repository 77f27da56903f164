import { Inject, Injectable, Optional } from '@nestjs/common';
import { HttpAdapterHost, MetadataScanner, ModulesContainer } from '@nestjs/core';
import { diag } from '@opentelemetry/api';
import { isInstrumentationDisabled } from '@org/otel-core';
import { isObserved, observeHandler } from './observed.handler.ts';
import { MODULE_OPTIONS_TOKEN, type OtelModuleOptions } from './otel.module.definition.ts';

type Handler = (this: unknown, ...args: unknown[]) => unknown;
type Controller = Record<string, unknown>;

/** Applications that are served: a module imported twice must not double the spans. */
const served = new WeakSet<object>();

/**
 * The controller spans of one application. While Nest makes its routes it finds the handlers on their
 * controllers replaced by observed ones, and no interceptor of ours: a global interceptor costs every
 * request 20 us and more. Afterwards the controllers are as they were.
 */
@Injectable()
export class ControllerSpans {
  /** Whether these are the application's first. */
  readonly first: boolean;
  readonly #option: boolean;
  readonly #modules: ModulesContainer;
  readonly #lent: (() => void)[] = [];
  #handlersLent = false;

  constructor(
    @Inject(HttpAdapterHost) application: object,
    @Inject(ModulesContainer) modules: ModulesContainer,
    @Optional() @Inject(MODULE_OPTIONS_TOKEN) options?: OtelModuleOptions,
  ) {
    this.first = !served.has(application);
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
    return this.#handlersLent;
  }

  /** Before Nest makes the routes. Where a controller does not let itself be observed, all stay with the interceptor. */
  lendHandlers(): void {
    try {
      if (this.first && this.wanted) this.#controllers().forEach(this.#lendTo, this);
      this.#handlersLent = true;
    } catch (failure) {
      diag.warn(
        '@org/otel-nestjs: a controller cannot be observed; all have the interceptor',
        failure,
      );
    }
  }

  /** After it made them. */
  takeBack(): void {
    this.#handlersLent = false;
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
      this.#lent.push(replace(controller, name, observeHandler(controller, handler)));
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
