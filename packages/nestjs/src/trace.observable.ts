import { finalize, Observable, tap } from 'rxjs';
import type { Work } from './work.ts';

/** The same values, subscribed in the span's context; completion, error or unsubscription ends the span. */
export function traceObservable<T>(source: Observable<T>, work: Work): Observable<T> {
  const traced = source.pipe(
    tap({ error: (error) => work.fail(error), complete: () => work.end() }),
    finalize(() => work.end()),
  );
  return new Observable((subscriber) => work.run(() => traced.subscribe(subscriber)));
}
