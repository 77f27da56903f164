import { Controller, Get, NotFoundException, Param, SetMetadata } from '@nestjs/common';
import { SpanKind, trace } from '@opentelemetry/api';
import { type Collector, type ExpectedSpan, expectTrace, startCollector } from '@org/otel-testing';
import { lastValueFrom, NEVER, Observable, of, throwError, toArray } from 'rxjs';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { init, OtelModule, Span, type Telemetry } from '../src/index.ts';
import { rawGet } from './raw.get.ts';
import { startNest } from './start.nest.ts';

let collector: Collector;
let telemetry: Telemetry;

beforeAll(async () => {
  collector = await startCollector();
  telemetry = init({ serviceName: 'work', exporter: { otlpHttp: { endpoint: collector.url } } });
});
afterEach(() => collector.clear());
afterAll(async () => {
  await telemetry.shutdown();
  await collector.close();
});

/** A query builder: it works when awaited, and not before; its methods give itself. */
class Query {
  readonly #parts: string[] = [];
  runs = 0;
  failure: Error | undefined;

  where(part: string): this {
    this.#parts.push(part);
    return this;
  }

  // biome-ignore lint/suspicious/noThenProperty: a thenable is what this test is about.
  then<T>(done: (rows: string[]) => T, no?: (error: Error) => T): Promise<T> {
    this.runs += 1;
    const rows = this.failure ? Promise.reject(this.failure) : Promise.resolve(this.#parts);
    return rows.then(done, no);
  }
}

class Work {
  readonly factor = 2;
  query = new Query();
  gate = Promise.withResolvers<string>();

  @Span()
  sync(value: number) {
    return [value * this.factor, activeId()];
  }
  @Span()
  static fixed() {
    return 'static';
  }
  @Span()
  async promise() {
    await this.gate.promise;
    return activeId();
  }
  @Span()
  observable() {
    return new Observable<string | undefined>((subscriber) => {
      subscriber.next(activeId());
      void this.gate.promise.then(() => subscriber.complete());
    });
  }
  @Span()
  never() {
    return NEVER;
  }
  @Span()
  thenable() {
    return this.query.where('a = 1');
  }
  @Span()
  async *asyncGenerator(): AsyncGenerator<string | undefined, string> {
    yield activeId();
    await this.gate.promise;
    yield activeId();
    return 'end';
  }
  @Span()
  *generator(): Generator<string | undefined> {
    yield activeId();
    yield activeId();
  }
  @Span('a name of its own')
  named() {}
  @Span({
    kind: SpanKind.PRODUCER,
    attributes: (queue: string, size: number) => ({ 'app.queue': queue, 'app.size': size }),
  })
  send(_queue: string, _size: number) {}
  @Span({
    attributes: () => {
      throw new Error('not now');
    },
  })
  careless() {
    return 'done';
  }

  @Span()
  throws() {
    throw new RangeError('too far');
  }
  @Span()
  async rejects() {
    throw new RangeError('too far');
  }
  @Span()
  observableError() {
    return throwError(() => new RangeError('too far'));
  }
  // biome-ignore lint/correctness/useYield: it fails before it gives anything.
  @Span()
  async *generatorError() {
    throw new RangeError('too far');
  }
  @Span()
  thenableError() {
    const query = new Query();
    return Object.assign(query, { failure: new RangeError('too far') });
  }
  @Span()
  async missing() {
    throw new NotFoundException('no such thing');
  }
  @Span()
  async outer() {
    return this.rejects();
  }
}

function activeId(): string | undefined {
  return trace.getActiveSpan()?.spanContext().spanId;
}

/** What arrived so far, after everything that has ended was delivered. */
async function ended(): Promise<string[]> {
  await telemetry.forceFlush();
  return collector.store.spans().flatMap(({ name }) => (name.startsWith('Work.') ? [name] : []));
}

/** The whole trace must be this one span. Returns its id. */
async function expectSpan(name: string, more: Partial<ExpectedSpan> = {}): Promise<string> {
  await telemetry.forceFlush();
  const expected: ExpectedSpan = { name, kind: 'internal', status: 'unset', events: [], ...more };
  return (await expectTrace(collector, expected)).root.span.spanId;
}

describe('@Span() is active inside and ends when the work ends:', () => {
  test('a sync method', async () => {
    const [value, id] = new Work().sync(21);
    expect([value, id]).toEqual([42, await expectSpan('Work.sync')]);
  });

  test('a static method', async () => {
    expect(Work.fixed()).toBe('static');
    await expectSpan('Work.fixed');
  });

  test('a promise', async () => {
    const work = new Work();
    const result = work.promise();
    expect(await ended()).toEqual([]);
    work.gate.resolve('go');
    expect(await result).toBe(await expectSpan('Work.promise'));
  });

  test('an Observable that completes', async () => {
    const work = new Work();
    const result = lastValueFrom(work.observable());
    expect(await ended()).toEqual([]);
    work.gate.resolve('go');
    expect(await result).toBe(await expectSpan('Work.observable'));
  });

  test('an Observable that is unsubscribed', async () => {
    const subscription = new Work().never().subscribe();
    expect(await ended()).toEqual([]);
    subscription.unsubscribe();
    await expectSpan('Work.never');
  });

  test('a thenable, which is not run before it is awaited, and only once', async () => {
    const work = new Work();
    const query = work.thenable();
    expect(query).toBeInstanceOf(Query);
    expect([await ended(), work.query.runs]).toEqual([[], 0]);
    expect(await query.where('b = 2')).toEqual(['a = 1', 'b = 2']);
    expect(work.query.runs).toBe(1);
    await expectSpan('Work.thenable');
  });

  test('an async generator that is read to its end', async () => {
    const work = new Work();
    const generator = work.asyncGenerator();
    expect(generator[Symbol.asyncIterator]()).toBe(generator);
    const first = await generator.next();
    expect(await ended()).toEqual([]);
    work.gate.resolve('go');
    const second = await generator.next(1);
    expect(await generator.next(2)).toEqual({ done: true, value: 'end' });
    const id = await expectSpan('Work.asyncGenerator');
    expect([first.value, second.value]).toEqual([id, id]);
  });

  test('an async generator that is left early', async () => {
    for await (const _ of new Work().asyncGenerator()) break;
    await expectSpan('Work.asyncGenerator');
  });

  test('a generator', async () => {
    const ids = [...new Work().generator()];
    const id = await expectSpan('Work.generator');
    expect(ids).toEqual([id, id]);
  });

  test('a generator that nobody reads makes no span', async () => {
    new Work().generator();
    new Work().sync(1);
    await expectSpan('Work.sync');
    expect(await ended()).toEqual(['Work.sync']);
  });
});

describe('@Span() writes an error once and fails:', () => {
  const consume: Record<string, (work: Work) => unknown> = {
    throws: async (work) => work.throws(),
    rejects: (work) => work.rejects(),
    observableError: (work) => lastValueFrom(work.observableError()),
    generatorError: (work) => work.generatorError().next(),
    thenableError: async (work) => await work.thenableError(),
  };

  test.each(Object.keys(consume))('%s', async (method) => {
    await expect(consume[method]?.(new Work())).rejects.toThrow(new RangeError('too far'));
    await expectSpan(`Work.${method}`, {
      status: { code: 'error', message: 'too far' },
      attributes: { 'error.type': 'RangeError' },
      events: [{ name: 'exception', attributes: { 'exception.message': 'too far' } }],
    });
  });

  test('an HttpException below 500 is written, and no failure', async () => {
    await expect(new Work().missing()).rejects.toThrow('no such thing');
    await expectSpan('Work.missing', { events: [{ name: 'exception' }] });
  });

  test('an error that passes two spans is written on the inner one', async () => {
    await expect(new Work().outer()).rejects.toThrow('too far');
    await expectSpan('Work.outer', {
      status: 'error',
      spans: [{ name: 'Work.rejects', status: 'error', events: [{ name: 'exception' }] }],
    });
  });

  test('an error object that is thrown in two traces is written in both', async () => {
    const same = new Error('a constant');
    class Constant {
      @Span()
      fail() {
        throw same;
      }
    }
    for (const _ of [1, 2]) {
      collector.clear();
      expect(() => new Constant().fail()).toThrow(same);
      await expectSpan('Constant.fail', { status: 'error', events: [{ name: 'exception' }] });
    }
  });
});

describe('@Span() takes', () => {
  test('a name', async () => {
    new Work().named();
    await expectSpan('a name of its own');
  });

  test('a kind, and attributes from the arguments', async () => {
    new Work().send('mail', 3);
    const attributes = { 'app.queue': 'mail', 'app.size': 3 };
    await expectSpan('Work.send', { kind: 'producer', attributes });
  });

  test('attributes that throw, without harm', async () => {
    expect(new Work().careless()).toBe('done');
    await expectSpan('Work.careless');
  });

  test('nothing that it does not know', () => {
    expect(() => Span('')).toThrow('@Span({ name }): expected a string that is not empty');
    expect(() => Span(7 as never)).toThrow('expected a name or an object of options, got number');
    expect(() => Span({ kind: 9 as never })).toThrow('@Span({ kind }): expected a SpanKind, got 9');
    expect(() => Span({ attributes: 'x' as never })).toThrow('@Span({ attributes }): expected');
    const notAMethod = () => Span()({}, 'field', undefined as never);
    expect(notAMethod).toThrow('@Span(): expected a method, but field is none');
  });
});

describe('@Span() keeps', () => {
  const tagged = Symbol('tagged');

  function Tag(target: object, key: string, descriptor: PropertyDescriptor): void {
    void [target, key];
    descriptor.value[tagged] = true;
  }

  class Roles {
    @SetMetadata('roles', ['admin'])
    @Span()
    above(a: string, b: string) {
      return [a, b];
    }
    @Span()
    @SetMetadata('roles', ['admin'])
    @Tag
    below(a: string, b: string) {
      return [a, b];
    }
  }

  test.each(['above', 'below'] as const)('metadata of a decorator %s, name and length', (key) => {
    const method = Roles.prototype[key];
    expect(Reflect.getMetadata('roles', method)).toEqual(['admin']);
    expect([method.name, method.length]).toEqual([key, 2]);
    expect(new Roles()[key]('a', 'b')).toEqual(['a', 'b']);
  });

  test('own properties, and the way the property is defined', () => {
    expect(Reflect.get(Roles.prototype.below, tagged)).toBe(true);
    expect(Object.keys(Roles.prototype)).toEqual([]);
  });

  test("Nest's routing, in both orders", async () => {
    @Controller()
    class Routes {
      @Get('above/:id')
      @Span('inner')
      above(@Param('id') id: string) {
        return id;
      }
      @Span('inner')
      @Get('below/:id')
      below(@Param('id') id: string) {
        return of(id);
      }
    }
    await using nest = await startNest({ imports: [OtelModule], controllers: [Routes] });
    for (const order of ['above', 'below']) {
      collector.clear();
      expect((await rawGet(`${nest.url}/${order}/7`)).body).toBe('7');
      await telemetry.forceFlush();
      await expectTrace(collector, {
        name: `GET /${order}/:id`,
        spans: [{ name: `Routes.${order}`, spans: [{ name: 'inner' }] }],
      });
    }
  });
});

test('without telemetry @Span() gives back what the method gives', async () => {
  await telemetry.shutdown();
  const attributes = vi.fn(() => ({}));
  class Quiet {
    @Span({ attributes })
    values() {
      return of(1, 2).pipe(toArray());
    }
    @Span()
    *count() {
      yield 1;
    }
  }
  expect(await lastValueFrom(new Quiet().values())).toEqual([1, 2]);
  expect([...new Quiet().count()]).toEqual([1]);
  expect(attributes).not.toHaveBeenCalled();
});
