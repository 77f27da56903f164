import type { IncomingMessage } from 'node:http';
import type { Attributes } from '@opentelemetry/api';
import type { SpanSubject } from '../traces/span-subject.ts';
import type { CaptureHeaders } from './capture-headers.ts';
import { methodAttribute } from './http-method.ts';
import type { UrlRedaction } from './redact-url.ts';
import { requestPath } from './request-target.ts';
import { type IsTrusted, serverRequestAttributes } from './server-request-attributes.ts';

/** A request that a server received, as the subject of its span. */
export class ServedSubject implements SpanSubject {
  readonly #request: IncomingMessage;
  readonly #redaction: UrlRedaction;
  readonly #capture: CaptureHeaders | undefined;
  readonly #isTrusted: IsTrusted | undefined;

  constructor(
    request: IncomingMessage,
    redaction: UrlRedaction,
    capture: CaptureHeaders | undefined,
    isTrusted: IsTrusted | undefined,
  ) {
    this.#request = request;
    this.#redaction = redaction;
    this.#capture = capture;
    this.#isTrusted = isTrusted;
  }

  get method(): string {
    return methodAttribute(this.#request.method);
  }

  get path(): string {
    return requestPath(this.#request.url ?? '/');
  }

  attributes(): Attributes {
    const request = this.#request;
    return serverRequestAttributes(request, this.#redaction, this.#capture, this.#isTrusted);
  }
}
