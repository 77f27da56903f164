import {
  Controller,
  Get,
  Inject,
  Injectable,
  type OnModuleInit,
  Param,
  SetMetadata,
} from '@nestjs/common';
import type { Span as ApiSpan, Baggage } from '@opentelemetry/api';
import { type Collector, expectTrace, startCollector } from '@org/otel-testing';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  ActiveSpan,
  BaggageValue,
  init,
  OtelModule,
  Span,
  type Telemetry,
  Traceable,
  TraceId,
} from '../src/index.ts';
import { startNest } from './start.nest.ts';

let collector: Collector;
let telemetry: Telemetry;

beforeAll(async () => {
  collector = await startCollector();
  telemetry = init({ serviceName: 'shop', exporter: { otlpHttp: { endpoint: collector.url } } });
});
afterEach(() => collector.clear());
afterAll(async () => {
  await telemetry.shutdown();
  await collector.close();
});

@Traceable({ exclude: ['quiet'] })
@Injectable()
class Prices implements OnModuleInit {
  onModuleInit(): void {}
  get currency(): string {
    return 'EUR';
  }
  async of(item: string): Promise<number> {
    return this.lookUp(item);
  }
  @SetMetadata('role', 'clerk')
  lookUp(item: string): number {
    return this.named() + this.quiet() + item.length;
  }
  @Span('a name of its own')
  named(): number {
    return 1;
  }
  quiet(): number {
    return 1;
  }
  static fixed(): void {}
}

@Traceable()
@Controller('prices')
class PricesController {
  constructor(@Inject(Prices) private readonly prices: Prices) {}

  @Get('ids')
  ids(
    @TraceId() id: string,
    @BaggageValue('tenant') tenant: string,
    @BaggageValue() all?: Baggage,
  ) {
    return { id, tenant, size: all?.getAllEntries().length };
  }
  @Get('span')
  span(@ActiveSpan() span: ApiSpan) {
    span.setAttribute('app.seen', true);
    return 'ok';
  }
  @Get(':item')
  of(@Param('item') item: string) {
    return this.prices.of(item);
  }
}

const shop = { imports: [OtelModule], controllers: [PricesController], providers: [Prices] };

async function ask(url: string, headers: Record<string, string> = {}): Promise<string> {
  const response = await fetch(url, { headers });
  const text = await response.text();
  await telemetry.forceFlush();
  return text;
}

const settle = { settle: () => telemetry.forceFlush() };

/** What fetch and the controller add around what a test is about. */
const around = (route: string, controller: object) => ({
  name: 'GET',
  kind: 'client' as const,
  spans: [
    { name: `GET ${route}`, kind: 'server' as const, spans: [controller as { name: string }] },
  ],
});

describe.each(['Express', 'Fastify'] as const)('on %s', (platform) => {
  test('@Traceable() makes one span a method, and none where there is one already', async () => {
    await using nest = await startNest(shop, () => {}, platform);
    expect(await ask(`${nest.url}/prices/apple`)).toBe('7');
    const named = { name: 'a name of its own' };
    const lookUp = { name: 'Prices.lookUp', spans: [named] };
    await expectTrace(
      collector,
      around('/prices/:item', {
        name: 'PricesController.of',
        spans: [{ name: 'Prices.of', spans: [lookUp] }],
      }),
      settle,
    );
    expect(collector.store.traces()).toHaveLength(1);
  });

  test('parameters take the active span, the trace id and baggage', async () => {
    await using nest = await startNest(shop, () => {}, platform);
    const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
    const headers = { traceparent, baggage: 'tenant=acme,plan=gold' };
    const answer = JSON.parse(await ask(`${nest.url}/prices/ids`, headers));
    expect(answer).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{32}$/),
      tenant: 'acme',
      size: 2,
    });
    collector.clear();
    await ask(`${nest.url}/prices/span`);
    const seen = { name: 'PricesController.span', attributes: { 'app.seen': true } };
    await expectTrace(collector, around('/prices/span', seen), settle);
  });
});

test('@Traceable() keeps metadata, accessors, lifecycle hooks and static methods as they are', () => {
  expect(Reflect.getMetadata('role', Prices.prototype.lookUp)).toBe('clerk');
  expect([Prices.prototype.of.name, Prices.prototype.of.length]).toEqual(['of', 1]);
  expect(new Prices().currency).toBe('EUR');
  expect(() => {
    @Traceable({ exclude: ['nothing'] })
    class Wrong {}
    return Wrong;
  }).toThrow('@Traceable({ exclude }): Wrong has no method "nothing"');
});
