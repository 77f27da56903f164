import { once } from 'node:events';
import { get } from 'node:http';
import { afterEach, expect, it, vi } from 'vitest';
import { ask, observe, serve } from '../../test/observe.ts';
import type { SpanProcessor } from '../index.ts';

afterEach(() => void vi.restoreAllMocks());

const broken = (): never => {
  throw new Error('broken');
};

const brokenProcessor: SpanProcessor = {
  onStart() {},
  onEnd: broken,
  async forceFlush() {},
  async shutdown() {},
};

it.each([
  ['a sampler', { sampler: { shouldSample: broken, toString: () => 'broken' } }],
  ['a span processor', { spanProcessors: [brokenProcessor] }],
])(
  '%s of the application that throws leaves its requests alone, and is said',
  async (_who, options) => {
    const said: string[] = [];
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
    await using _observed = await observe(options);
    await using served = await serve((_request, response) => response.end('ok'));
    expect(await ask(served.url)).toEqual({ status: 200, text: 'ok' });
    const request = get(served.url);
    const [response] = await once(request, 'response');
    response.resume();
    await once(request, 'close');
    expect(await (await fetch(served.url)).text()).toBe('ok');
    await vi.waitFor(() => expect(said.join('')).toContain('Error: broken'));
  },
);
