import 'reflect-metadata';
import type { ApplicationConfig } from '@nestjs/core';

/** What Nest keeps of a parameter of a handler. */
interface Parameter {
  /** Of a decorator of the application. */
  factory?: unknown;
  pipes?: unknown[];
}

interface Header {
  /** A value, or a function that is asked for it. */
  value: unknown;
}

/** Nest's keys, by which it reads what stands around a handler. */
const INTERCEPTORS = '__interceptors__';
const PIPES = '__pipes__';
const PARAMETERS = '__routeArguments__';
const HEADERS = '__headers__';

/** The steps between the guards of a handler and the handler, as Nest will take them when it makes the route. */
export class HandlerSteps {
  readonly #config: ApplicationConfig;

  constructor(config: ApplicationConfig) {
    this.#config = config;
  }

  /** Whether code of the application runs there, and may throw. */
  standBefore(handler: object, controller: object, method: string): boolean {
    const ofClass = controller.constructor;
    return (
      this.#areGlobal() ||
      [handler, ofClass].some(
        (decorated) => has(INTERCEPTORS, decorated) || has(PIPES, decorated),
      ) ||
      parametersOf(ofClass, method).some(({ factory, pipes }) => factory || pipes?.length) ||
      headersOf(handler).some(({ value }) => typeof value === 'function')
    );
  }

  #areGlobal(): boolean {
    // Nest leaves out an interceptor that has no such method.
    const interceptors = this.#config.getGlobalInterceptors().filter((each) => each.intercept);
    return interceptors.length + this.#config.getGlobalPipes().length > 0;
  }
}

function has(key: string, decorated: object): boolean {
  const given: unknown[] | undefined = Reflect.getMetadata(key, decorated);
  return given !== undefined && given.length > 0;
}

function parametersOf(controller: object, method: string): Parameter[] {
  return Object.values(Reflect.getMetadata(PARAMETERS, controller, method) ?? {});
}

function headersOf(handler: object): Header[] {
  return Reflect.getMetadata(HEADERS, handler) ?? [];
}
