import { describe, expect, it } from 'vitest';
import { defaultHealthPaths } from './health-paths.ts';
import { readSettings } from './read-settings.ts';
import { describeProblem } from './setting-problem.ts';

function read(variables: NodeJS.ProcessEnv, options: object = {}) {
  const { settings, problems } = readSettings(variables, options);
  return { settings, said: problems.map(describeProblem) };
}

describe('which traces are kept', () => {
  it.each([
    ['always_on', { alwaysOn: {} }],
    ['always_off', { alwaysOff: {} }],
    ['traceidratio', { traceIdRatioBased: { ratio: 0.25 } }],
    ['parentbased_always_on', { parentBased: { root: { alwaysOn: {} } } }],
    ['parentbased_always_off', { parentBased: { root: { alwaysOff: {} } } }],
    ['ParentBased_TraceIdRatio', { parentBased: { root: { traceIdRatioBased: { ratio: 0.25 } } } }],
  ])('OTEL_TRACES_SAMPLER=%s', (name, sampler) => {
    const variables = { OTEL_TRACES_SAMPLER: name, OTEL_TRACES_SAMPLER_ARG: '0.25' };
    expect(read(variables).settings.sampler).toEqual(sampler);
  });

  it('drops health checks by default, others by option or variable, and none if told so', () => {
    expect(read({}).settings.healthPaths).toEqual(defaultHealthPaths);
    const variables = { OTEL_NODE_HEALTH_PATHS: '/up, /probes/*' };
    expect(read(variables).settings.healthPaths).toEqual(['/up', '/probes/*']);
    expect(read(variables, { healthPaths: [] }).settings.healthPaths).toEqual([]);
    expect(read({ OTEL_NODE_HEALTH_PATHS: 'None' }).settings.healthPaths).toEqual([]);
  });

  it('takes rules as option and as variable; the option wins', () => {
    const variables = { OTEL_NODE_SAMPLING_RULES: '/a -> drop' };
    const byVariable = [{ path: '/a', sampler: { alwaysOff: {} } }];
    expect(read(variables).settings.samplingRules).toEqual(byVariable);
    const samplingRules = [{ path: '/b', sampler: { alwaysOn: {} } }];
    expect(read(variables, { samplingRules }).settings.samplingRules).toEqual(samplingRules);
  });

  it('says what it cannot use, and what it uses instead', () => {
    expect(read({ OTEL_NODE_SAMPLING_RULES: '/a -> perhaps' }).said).toEqual([
      'OTEL_NODE_SAMPLING_RULES: expected rules separated by ;, each METHODS, /path*, kind:NAMES or attribute=value, then -> and drop, keep, ratio 0.1 or rate 5, got "/a -> perhaps"; using no rules',
    ]);
    expect(read({ OTEL_NODE_HEALTH_PATHS: 'health' }).said).toEqual([
      'OTEL_NODE_HEALTH_PATHS: expected paths that begin with / or *, got "health"; using the default paths',
    ]);
  });

  it.each([
    [{ traceIdRatioBased: { ratio: '1' } }, 'sampler.traceIdRatioBased.ratio'],
    [{ rateLimited: { tracesPerSecond: -1 } }, 'sampler.rateLimited.tracesPerSecond'],
    [{ parentBased: { root: { alwaysOn: {} }, localParentSampled: 7 } }, 'localParentSampled'],
    [{ ruleBased: { rules: 'x' } }, 'sampler.ruleBased.rules'],
    [{ ruleBased: { rules: [{ path: 'x', sampler: { alwaysOn: {} } }] } }, 'rules[0].path'],
    [{ constructor: {} }, 'sampler: expected alwaysOn'],
    ['always_on', 'sampler: expected alwaysOn'],
    [{}, 'sampler: expected alwaysOn'],
    [{ alwaysOn: null }, 'sampler: expected alwaysOn'],
  ])('reports the sampler %j and keeps every trace', (sampler, named) => {
    const { settings, said } = read({}, { sampler });
    expect(said).toHaveLength(1);
    expect(said[0]).toContain(named);
    expect(settings.sampler).toEqual({
      parentBased: { root: { traceIdRatioBased: { ratio: 1 } } },
    });
  });

  it.each([
    ['x', 'samplingRules: expected a list of rules'],
    [[null], 'samplingRules[0].sampler'],
    [[{ path: '/x' }], 'samplingRules[0].sampler'],
    [[{ sampler: { rateLimited: {} } }], 'samplingRules[0].sampler.rateLimited.tracesPerSecond'],
    [[{ methods: 'GET', sampler: { alwaysOn: {} } }], 'samplingRules[0].methods'],
    [[{ spanKinds: ['sender'], sampler: { alwaysOn: {} } }], 'samplingRules[0].spanKinds'],
    [[{ attributes: 3, sampler: { alwaysOn: {} } }], 'samplingRules[0].attributes'],
    [[{ route: '/x', sampler: { alwaysOn: {} } }], 'samplingRules[0]: expected one of methods'],
  ])('reports the rules %j and uses none', (samplingRules, named) => {
    const { settings, said } = read({}, { samplingRules });
    expect(said).toHaveLength(1);
    expect(said[0]).toContain(named);
    expect(settings.samplingRules).toEqual([]);
  });
});
