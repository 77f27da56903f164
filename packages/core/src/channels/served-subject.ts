import type { IncomingMessage } from 'node:http';
import type { Attributes } from '@opentelemetry/api';
import type { SpanSubject } from '../traces/span-subject.ts';
import { methodAttribute } from './http-method.ts';
import { requestPath } from './request-target.ts';
import { serverRequestAttributes } from './server-request-attributes.ts';

/** A request that a server received, as the subject of its span. */
export class ServedSubject implements SpanSubject {
  readonly #request: IncomingMessage;

  constructor(request: IncomingMessage) {
    this.#request = request;
  }

  get method(): string {
    return methodAttribute(this.#request.method);
  }

  get path(): string {
    return requestPath(this.#request.url ?? '/');
  }

  attributes(): Attributes {
    return serverRequestAttributes(this.#request);
  }
}
