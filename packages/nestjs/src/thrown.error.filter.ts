import { Catch, type ExceptionFilter } from '@nestjs/common';
import { diag } from '@opentelemetry/api';
import { activeRequest, recordError } from '@org/otel-core';
import { failEntry } from './handler.entry.ts';
import { httpStatusOf } from './is.server.fault.ts';

/**
 * What guards, pipes and middleware throw meets neither handler nor interceptor. Nest asks
 * every exception filter `exception instanceof Type`: this type looks on and always says no, so the
 * application's filters, or Nest's own, answer as if it were not there.
 */
// biome-ignore lint/complexity/noStaticOnlyClass: @Catch() takes classes, and this is one by its instanceof.
abstract class AnythingThrown {
  static [Symbol.hasInstance](error: unknown): boolean {
    try {
      if (!failEntry(error) && isWorthRecording(error)) recordError(activeRequest(), error);
    } catch (failure) {
      diag.error('@org/otel-nestjs: an error could not be recorded', failure);
    }
    return false;
  }
}

/** Every scan for unknown paths ends in a 404 of Nest's own; the span's status code says it already. */
function isWorthRecording(error: unknown): boolean {
  return error instanceof Error && httpStatusOf(error) !== 404;
}

/** Records what was thrown outside of a handler; never catches. */
@Catch(AnythingThrown)
export class ThrownErrorFilter implements ExceptionFilter {
  catch(exception: unknown): never {
    throw exception;
  }
}
