import type { Work } from './work.ts';

type Step = IteratorResult<unknown> | Promise<IteratorResult<unknown>>;
type AnyGenerator = Record<'next' | 'return' | 'throw', (value?: unknown) => Step>;

/** Whether a value is a generator object, sync or async; a stream, which can be iterated too, is none. */
export function isGenerator(value: unknown): value is AnyGenerator & object {
  const tag = Object.prototype.toString.call(value);
  return tag === '[object AsyncGenerator]' || tag === '[object Generator]';
}

/** Whether calling a function makes a generator and runs nothing of its body yet. */
export function isGeneratorFunction(value: unknown): boolean {
  const tag = Object.prototype.toString.call(value);
  return tag === '[object AsyncGeneratorFunction]' || tag === '[object GeneratorFunction]';
}

/**
 * The same generator, each step run in the span's context. The span starts with the first step, for
 * one that nobody iterates does nothing, and ends with the last, an error, or an early `return`.
 */
export function traceGenerator<T extends object>(generator: T, start: () => Work | undefined): T {
  const inner = generator as unknown as AnyGenerator;
  let started = false;
  let work: Work | undefined;

  function step(method: keyof AnyGenerator) {
    return function traced(...value: [unknown?]): Step {
      if (!started) {
        started = true;
        work = start();
      }
      return work ? takeStep(() => inner[method](...value), work) : inner[method](...value);
    };
  }

  // The prototype gives Symbol.asyncIterator and disposal, which both answer with these methods.
  return Object.assign(Object.create(Object.getPrototypeOf(generator)) as T, {
    next: step('next'),
    return: step('return'),
    throw: step('throw'),
  });
}

function takeStep(step: () => Step, work: Work): Step {
  try {
    const result = work.run(step);
    return result instanceof Promise ? awaitStep(result, work) : endIfDone(result, work);
  } catch (error) {
    work.fail(error);
    throw error;
  }
}

async function awaitStep(
  step: Promise<IteratorResult<unknown>>,
  work: Work,
): Promise<IteratorResult<unknown>> {
  try {
    return endIfDone(await step, work);
  } catch (error) {
    work.fail(error);
    throw error;
  }
}

function endIfDone(result: IteratorResult<unknown>, work: Work): IteratorResult<unknown> {
  if (result.done) work.end();
  return result;
}
