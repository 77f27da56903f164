import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultTextMapSetter, ROOT_CONTEXT } from '@opentelemetry/api';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { propagatorFor } from '../context/propagators.ts';
import { readSettings } from './read-settings.ts';
import { describeProblem } from './setting-problem.ts';

afterEach(() => vi.restoreAllMocks());

function read(variables: NodeJS.ProcessEnv, options: object = {}) {
  const { settings, problems } = readSettings(variables, options);
  return { settings, said: problems.map(describeProblem) };
}

describe('propagators', () => {
  it('are read from the variable in any case, and from the option first', () => {
    const variables = { OTEL_PROPAGATORS: 'B3, b3multi,TraceContext' };
    expect(read(variables).settings.propagators).toEqual(['b3', 'b3multi', 'tracecontext']);
    const own = { inject() {}, extract: (context: unknown) => context, fields: () => [] };
    expect(read(variables, { propagators: ['b3', own] }).settings.propagators).toEqual(['b3', own]);
    expect(read({}).settings.propagators).toEqual(['tracecontext', 'baggage']);
  });

  it('write and read what they say', () => {
    expect(propagatorFor(['none', 'b3']).fields()).toEqual([]);
    expect(propagatorFor(['b3']).fields()).toEqual(['b3']);
    expect(propagatorFor(['b3']).incomingFields).toContain('x-b3-traceid');
    const both = propagatorFor(['tracecontext', 'baggage']);
    expect(both.fields()).toEqual(['traceparent', 'tracestate', 'baggage']);
  });

  it.each([['jaeger'], ['xray']])('%s names its package where that is not installed', (name) => {
    const { settings, said } = read({ OTEL_PROPAGATORS: `tracecontext,${name}` });
    expect(settings.propagators).toEqual(['tracecontext']);
    expect(said[0]).toMatch(
      /^OTEL_PROPAGATORS: expected the package @opentelemetry\/propagator-\S+ to be installed for it, got "\w+"; using the other propagators$/,
    );
  });

  it('jaeger is taken from where the application has it', () => {
    const folder = mkdtempSync(join(tmpdir(), 'propagator-'));
    const installed = join(folder, 'node_modules/@opentelemetry/propagator-jaeger');
    mkdirSync(installed, { recursive: true });
    const source =
      'exports.JaegerPropagator = class { inject(c, to, setter) { setter.set(to, "uber-trace-id", "x"); } extract(c) { return c; } fields() { return ["uber-trace-id"]; } };';
    writeFileSync(join(installed, 'index.js'), source);
    vi.spyOn(process, 'cwd').mockReturnValue(folder);
    const { settings, said } = read({ OTEL_PROPAGATORS: 'jaeger' });
    const sent = {};
    const propagator = propagatorFor(settings.propagators);
    propagator.inject(ROOT_CONTEXT, sent, defaultTextMapSetter);
    rmSync(folder, { recursive: true });
    expect(said).toEqual([]);
    expect(sent).toEqual({ 'uber-trace-id': 'x' });
    expect(propagator.incomingFields).toEqual(['uber-trace-id']);
  });

  it.each([['b3'], [['x']], [[{ inject() {} }]]])('%j as option is reported', (propagators) => {
    const { settings, said } = read({}, { propagators });
    expect(said[0]).toContain('propagators: expected a list of tracecontext, baggage, b3');
    expect(settings.propagators).toEqual(['tracecontext', 'baggage']);
  });
});

describe('trust', () => {
  it.each(['perhaps', '10.0.0.0/33', '10.0.0.0/8/1', '300.1.1.1', '::1/129', '10.0.0.0/x'])(
    'in %s is reported, and then nobody has it',
    (value) => {
      const { settings, said } = read({ OTEL_NODE_TRUST_INCOMING: value });
      expect(settings.trustIncoming).toBe(false);
      expect(said).toEqual([
        `OTEL_NODE_TRUST_INCOMING: expected true, false or address ranges such as 10.0.0.0/8, got "${value}"; using false: no caller is trusted`,
      ]);
    },
  );

  it('of the option wins over the variable', () => {
    const variables = { OTEL_NODE_TRUST_INCOMING: 'false' };
    expect(read(variables, { trustIncoming: true }).settings.trustIncoming).toBe(true);
    expect(read({}, { trustIncoming: 7 }).said[0]).toContain('trustIncoming: expected true');
  });
});

it('baggage settings come from option or variable; what cannot be used is reported', () => {
  const variables = {
    OTEL_NODE_BAGGAGE_HOSTS: 'a.example, 10.0.0.0/8',
    OTEL_NODE_BAGGAGE_ATTRIBUTES: 'x',
  };
  expect(read(variables).settings.baggage).toEqual({
    hosts: ['a.example', '10.0.0.0/8'],
    attributes: ['x'],
  });
  expect(read(variables, { baggage: { hosts: [], attributes: [] } }).settings.baggage).toEqual({
    hosts: [],
    attributes: [],
  });
  const { settings, said } = read({}, { baggage: { hosts: 'x', attributes: [7] } });
  expect(settings.baggage).toEqual({ hosts: [], attributes: [] });
  expect(said).toHaveLength(2);
});
