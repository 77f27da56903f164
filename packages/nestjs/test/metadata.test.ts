import 'reflect-metadata';
import { applyDecorators, SetMetadata } from '@nestjs/common';
import { describe, expect, test } from 'vitest';
import { Counter, Histogram, Span, Traceable } from '../src/index.ts';

/** Appends to an array of metadata on the method itself, as @nestjs/swagger and @nestjs/event-emitter do. */
function extend(key: string, value: unknown): MethodDecorator {
  return (_target, _name, { value: method }) => {
    const known = Reflect.getMetadata(key, method as object) ?? [];
    Reflect.defineMetadata(key, [...known, value], method as object);
  };
}

/** The metadata that the decorators of these packages write, under their own keys. */
const decorators: Record<string, { decorate: () => MethodDecorator; metadata: object }> = {
  '@Roles()': {
    decorate: () => SetMetadata('roles', ['admin']),
    metadata: { roles: ['admin'] },
  },
  '@ApiQuery(), twice': {
    decorate: () =>
      applyDecorators(
        extend('swagger/apiParameters', { in: 'query', name: 'page' }),
        extend('swagger/apiParameters', { in: 'query', name: 'size' }),
      ),
    metadata: {
      'swagger/apiParameters': expect.arrayContaining([
        { in: 'query', name: 'page' },
        { in: 'query', name: 'size' },
      ]),
    },
  },
  '@Cron()': {
    decorate: () =>
      applyDecorators(
        SetMetadata('SCHEDULE_CRON_OPTIONS', { cronTime: '* * * * *' }),
        SetMetadata('SCHEDULER_NAME', 'nightly'),
        SetMetadata('SCHEDULER_TYPE', 1),
      ),
    metadata: {
      SCHEDULE_CRON_OPTIONS: { cronTime: '* * * * *' },
      SCHEDULER_NAME: 'nightly',
      SCHEDULER_TYPE: 1,
    },
  },
  '@MessagePattern()': {
    decorate: () =>
      applyDecorators(
        SetMetadata('microservices:pattern', [{ cmd: 'sum' }]),
        SetMetadata('microservices:handler_type', 1),
        SetMetadata('microservices:transport', undefined),
      ),
    metadata: {
      'microservices:pattern': [{ cmd: 'sum' }],
      'microservices:handler_type': 1,
      'microservices:transport': undefined,
    },
  },
  '@OnEvent()': {
    decorate: () => extend('EVENT_LISTENER_METADATA', { event: 'order.paid', options: {} }),
    metadata: { EVENT_LISTENER_METADATA: [{ event: 'order.paid', options: {} }] },
  },
};

const ours: Record<string, () => MethodDecorator> = {
  '@Span()': () => Span(),
  '@Counter()': () => Counter('calls'),
  '@Histogram()': () => Histogram('calls.duration'),
};

describe.each(Object.entries(ours))('%s keeps the method of', (_name, our) => {
  describe.each(Object.entries(decorators))('%s', (_other, { decorate, metadata }) => {
    class Above {
      @decorate()
      @our()
      handle(a: number, b: number) {
        return [this, a, b];
      }
    }
    class Below {
      @our()
      @decorate()
      handle(a: number, b: number) {
        return [this, a, b];
      }
    }

    test.each([Above, Below])('%o', (Class) => {
      const { handle } = Class.prototype;
      const kept = Object.fromEntries(
        Reflect.getMetadataKeys(handle).map((key) => [key, Reflect.getMetadata(key, handle)]),
      );
      expect(kept).toEqual(metadata);
      expect([handle.name, handle.length]).toEqual(['handle', 2]);
      const instance = new Class();
      expect(instance.handle(1, 2)).toEqual([instance, 1, 2]);
    });
  });
});

test.each(Object.entries(decorators))('@Traceable() keeps the methods of %s', (_name, given) => {
  @Traceable()
  class Service {
    @given.decorate()
    handle(a: number, b: number) {
      return [a, b];
    }
  }
  const { handle } = Service.prototype;
  for (const [key, value] of Object.entries(given.metadata)) {
    expect(Reflect.getMetadata(key, handle)).toEqual(value);
  }
  expect([handle.name, handle.length]).toEqual(['handle', 2]);
});
