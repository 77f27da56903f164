/** What a line of the matrix is made of, each with its id and what a reader is told. */
export const systems = {
  cjs: 'CommonJS',
  esm: 'ES modules',
  bundle: 'one file made by esbuild, no plugin',
  'tsx-cjs': 'TypeScript run by tsx, CommonJS',
  'tsx-esm': 'TypeScript run by tsx, ES modules',
} as const;

export const places = {
  before: '`init()` before the imports',
  after: '`init()` after the imports',
  'after-listen': '`init()` after `listen`',
  register: '`--import @org/otel-core/register`',
} as const;

export const nodeLines = ['22', '24', '26'] as const;

/** How an application's modules are loaded. */
export type System = keyof typeof systems;
/** Where telemetry is started. */
export type Place = keyof typeof places;
export type NodeLine = (typeof nodeLines)[number];

/** One application, started in one way, under one Node. */
export interface Cell {
  readonly framework: string;
  readonly node: NodeLine;
  readonly system: System;
  readonly place: Place;
}

/** `nest-12-express/24/esm/after`: what `--only` is compared with. */
export function cellName({ framework, node, system, place }: Cell): string {
  return [framework, node, system, place].join('/');
}
