import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { apiReport } from './api-report.ts';

let dist: string;

beforeEach(async () => {
  dist = await mkdtemp(join(tmpdir(), 'otel-node-api-'));
});
afterEach(() => rm(dist, { recursive: true, force: true }));

async function report(files: Record<string, string>): Promise<string> {
  for (const [name, text] of Object.entries(files)) await writeFile(join(dist, name), text);
  return apiReport(join(dist, 'index.d.ts'));
}

const inOneFile = `
import { Context } from '@opentelemetry/api';
/** What \`init()\` returns. */
interface Telemetry { context: Context; level: Level }
type Level = 'low' | 'high';
/** Starts. */
declare function init(): Telemetry;
export { type Telemetry, init };
`;

const expected = `// Public API, checked by \`npm test\`. Updated by \`npm run api\`.

import { Context } from '@opentelemetry/api';

/** What \`init()\` returns. */
export interface Telemetry { context: Context; level: Level }

/** Starts. */
export declare function init(): Telemetry;

type Level = 'low' | 'high';
`;

describe('apiReport', () => {
  it('has the exports, what they mention, and the doc comments', async () => {
    expect(await report({ 'index.d.ts': inOneFile })).toBe(expected);
  });

  it('is the same when the bundler moves declarations to a chunk and shortens names', async () => {
    const files = {
      'index.d.ts': `
import { T as Tele } from './telemetry-Ab1.js';
export { T as Telemetry } from './telemetry-Ab1.js';
/** Starts. */
declare function init(): Tele;
export { init };`,
      'telemetry-Ab1.d.ts': `
import { Context } from '@opentelemetry/api';
type Level = 'low' | 'high';
/** What \`init()\` returns. */
interface Telemetry { context: Context; level: Level }
export type { Telemetry as T };`,
    };
    expect(await report(files)).toBe(expected);
  });

  it('leaves out what no export mentions', async () => {
    const text = await report({
      'index.d.ts': `${inOneFile}\ninterface Hidden { secret: string }`,
    });
    expect(text).toBe(expected);
  });

  it('keeps overloads in their order, constants, classes, renames and other packages', async () => {
    const text = await report({
      'index.d.ts': `
import * as api from '@opentelemetry/api';
export { Span as ApiSpan } from '@opentelemetry/api';
export * from 'winston';
declare function f(a: string): void;
declare function f(a: number): api.Span;
declare const version: string;
declare class A { b(): B }
declare class B { }
export { f, version, A, A as Alias };
declare module 'express' { interface Request { id: string } }
declare global { interface Window { id: string } }`,
    });
    expect(text).toContain('import * as api from');
    expect(text).toContain("export { Span as ApiSpan } from '@opentelemetry/api';");
    expect(text).toContain("export * from 'winston';");
    expect(text).toMatch(/f\(a: string\): void;.*export declare function f\(a: number\)/s);
    expect(text).toContain('export declare const version: string;');
    expect(text).toContain('export declare class A { b(): B }');
    expect(text).toContain('\ndeclare class B { }');
    expect(text).toContain('export { A as Alias };');
    expect(text).toContain("declare module 'express' { interface Request { id: string } }");
    expect(text).toContain('declare global');
  });
});
