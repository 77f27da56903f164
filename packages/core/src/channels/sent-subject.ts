import type { Attributes } from '@opentelemetry/api';
import type { SpanSubject } from '../traces/span-subject.ts';
import { methodAttribute } from './http-method.ts';
import type { UrlRedaction } from './redact-url.ts';
import { requestPath } from './request-target.ts';
import type { Target } from './target.ts';

/** A request that goes out, as the subject of its span. */
export class SentSubject implements SpanSubject {
  readonly #target: Target;
  readonly #redaction: UrlRedaction;

  constructor(target: Target, redaction: UrlRedaction) {
    this.#target = target;
    this.#redaction = redaction;
  }

  get method(): string {
    return methodAttribute(this.#target.method);
  }

  get path(): string {
    return requestPath(this.#target.url());
  }

  attributes(): Attributes {
    const { method, host, port, url, resendCount } = this.#target;
    const attribute = methodAttribute(method);
    return {
      'http.request.method': attribute,
      ...(attribute === '_OTHER' && method ? { 'http.request.method_original': method } : {}),
      'server.address': host,
      ...(port === undefined ? {} : { 'server.port': port }),
      'url.full': this.#redaction.url(url()),
      ...(resendCount ? { 'http.request.resend_count': resendCount } : {}),
    };
  }
}
