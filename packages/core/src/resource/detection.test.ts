import { trace } from '@opentelemetry/api';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { observe } from '../../test/observe.ts';
import { readSettings } from '../settings/read-settings.ts';
import { describeProblem } from '../settings/setting-problem.ts';
import type { ResourceDetector } from './resource-detector.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

type Detectors = NonNullable<NonNullable<Parameters<typeof observe>[0]>['resource']>['detectors'];

/** The resource that arrives at a collector with the first span. */
async function arriving(detectors: Detectors, timeoutMillis = 60_000) {
  await using observed = await observe({
    resource: { ...(detectors ? { detectors } : {}), timeoutMillis },
  });
  trace.getTracer('app').startSpan('work').end();
  await observed.telemetry.forceFlush();
  return observed.collector.store.spans()[0]?.resource.attributes;
}

const of = (attributes: object): ResourceDetector => ({ detect: () => ({ attributes }) as never });
const never = new Promise<string>(() => {});

describe('detectors', () => {
  it('tell the service, its process, host and system by default', async () => {
    const attributes = await arriving(undefined);
    expect(attributes).toMatchObject({
      'service.name': 'shop',
      'service.instance.id': expect.any(String),
      'process.pid': process.pid,
      'process.executable.path': process.execPath,
      'host.name': expect.any(String),
      'os.type': process.platform === 'win32' ? 'windows' : process.platform,
      'process.runtime.version': process.versions.node,
    });
    expect(JSON.stringify(attributes)).not.toContain('command_args');
  });

  it('are those that are named', async () => {
    vi.stubEnv('OTEL_NODE_RESOURCE_DETECTORS', 'os,serviceinstance');
    const attributes = await arriving(undefined);
    expect(Object.keys(attributes ?? {})).toEqual(
      expect.arrayContaining(['os.type', 'service.instance.id']),
    );
    expect(attributes).not.toHaveProperty('process.pid');
    expect(attributes).not.toHaveProperty('host.name');
  });

  it('the downward API of Kubernetes is read inside a cluster, and nowhere else', async () => {
    vi.stubEnv('POD_NAME', 'orders-7');
    vi.stubEnv('POD_NAMESPACE', 'shop');
    vi.stubEnv('KUBERNETES_SERVICE_HOST', '');
    expect(await arriving(undefined)).not.toHaveProperty('k8s.pod.name');
    vi.stubEnv('KUBERNETES_SERVICE_HOST', '10.0.0.1');
    expect(await arriving(undefined)).toMatchObject({
      'k8s.pod.name': 'orders-7',
      'k8s.namespace.name': 'shop',
      'service.namespace': 'shop',
    });
  });

  it('of your own are asked, those that need time waited for; a setting wins over all of them', async () => {
    vi.stubEnv('OTEL_RESOURCE_ATTRIBUTES', 'zone=set');
    const asked = Promise.withResolvers<string>();
    setImmediate(() => asked.resolve('r7'));
    const attributes = await arriving([
      of({ rack: asked.promise, floor: 3, zone: 'found', gone: Promise.reject(new Error('no')) }),
    ]);
    expect(attributes).toMatchObject({ rack: 'r7', floor: 3, zone: 'set' });
    expect(attributes).not.toHaveProperty('gone');
  });

  it('one that hangs delays neither the start nor, beyond the deadline, the first export', async () => {
    const attributes = await arriving([of({ rack: never, floor: 3 })], 50);
    expect(attributes).toMatchObject({ 'service.name': 'shop', floor: 3 });
    expect(attributes).not.toHaveProperty('rack');
  });

  it('what comes after the deadline changes nothing', async () => {
    const late = Promise.withResolvers<string>();
    const detectors = [of({ rack: late.promise })];
    await using observed = await observe({ resource: { detectors, timeoutMillis: 0 } });
    trace.getTracer('app').startSpan('first').end();
    await observed.telemetry.forceFlush();
    late.resolve('r7');
    await late.promise;
    trace.getTracer('app').startSpan('second').end();
    await observed.telemetry.forceFlush();
    const spans = observed.collector.store.spans();
    expect(spans.map(({ name }) => name)).toEqual(['first', 'second']);
    expect(spans.filter(({ resource }) => 'rack' in resource.attributes)).toEqual([]);
  });

  it('one that throws is said and left out', async () => {
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const broken = {
      detect() {
        throw new Error('no idea');
      },
    };
    expect(await arriving([broken, 'os'])).toHaveProperty(['os.type']);
    expect(said.mock.calls.join()).toContain('a resource detector failed and is left out');
  });
});

describe('detector settings', () => {
  function read(variables: NodeJS.ProcessEnv, options: object = {}) {
    const { settings, problems } = readSettings(variables, options);
    return { detection: settings.detection, said: problems.map(describeProblem) };
  }

  it('all and none are words of the variable', () => {
    expect(read({ OTEL_NODE_RESOURCE_DETECTORS: 'all' }).detection.detectors).toHaveLength(7);
    expect(read({ OTEL_NODE_RESOURCE_DETECTORS: 'none' }).detection.detectors).toEqual([]);
    expect(read({ OTEL_NODE_RESOURCE_DETECTORS: 'Host, K8S' }).detection.detectors).toEqual([
      'host',
      'k8s',
    ]);
  });

  it.each(['aws', 'azure', 'gcp', 'alibaba'])(
    '%s names its package where that is missing',
    (name) => {
      const { detection, said } = read({ OTEL_NODE_RESOURCE_DETECTORS: `host,${name}` });
      expect(detection.detectors).toEqual(['host']);
      expect(said[0]).toMatch(
        /expected the package @opentelemetry\/resource-detector-\S+ to be installed/,
      );
    },
  );

  it('what cannot be used is reported', () => {
    expect(read({}, { resource: { detectors: ['moon'] } }).said[0]).toContain('resource.detectors');
    expect(read({}, { resource: { timeoutMillis: -1 } }).said[0]).toContain(
      'resource.timeoutMillis: expected a number of 0 or more, got "-1"; using 2000',
    );
    expect(read({ OTEL_NODE_RESOURCE_DETECTORS: 'moon' }).said[0]).toContain('moon');
    expect(read({ OTEL_NODE_RESOURCE_TIMEOUT: '100' }).detection.timeoutMillis).toBe(100);
  });
});
