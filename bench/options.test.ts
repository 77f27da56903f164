import { describe, expect, it } from 'vitest';
import { readOptions } from './options.ts';

function namesOf(args: string[]) {
  return readOptions(args).series.map(({ app, route, variants, samplings }) => ({
    on: `${app.name} ${route.name}`,
    variants: variants.map(({ name }) => name).join(' '),
    samplings,
  }));
}

const all = 'bare ours official elastic dd-trace';

describe('readOptions', () => {
  it('takes every app, route, variant and sampling without a word', () => {
    const full = namesOf([]);
    expect(full).toHaveLength(15);
    expect(full[0]).toEqual({ on: 'node-http hello', variants: all, samplings: [1, 0.1, 0.01, 0] });
    expect(readOptions([]).keep).toBe('page');
  });

  it('takes the hello route of the apps with targets and one route that works for --quick', () => {
    const quick = namesOf(['--quick']);
    expect(quick.map(({ on }) => on)).toEqual([
      'node-http hello',
      'express-5 hello',
      'nest-12 hello',
      'express-5 work',
    ]);
    expect(quick[0]).toMatchObject({ variants: 'bare ours', samplings: [1, 0.01] });
    expect(quick[1]).toMatchObject({ variants: all, samplings: [1, 0.01] });
    expect(quick.at(-1)).toMatchObject({ variants: 'bare ours', samplings: [0.1] });
    expect(readOptions(['--quick']).keep).toBe('again');
    expect(readOptions(['--quick', '--keep']).keep).toBe('page');
  });

  it('narrows to what is chosen, always beside bare, and keeps no results then', () => {
    const chosen = ['--app', 'express-5', '--route', 'work', '--variant', 'ours'];
    expect(namesOf([...chosen, '--sampling', '0.1', '--sampling', '0'])).toEqual([
      { on: 'express-5 work', variants: 'bare ours', samplings: [0.1, 0] },
    ]);
    expect(readOptions(chosen).keep).toBe('nothing');
    expect(readOptions([...chosen, '--keep']).keep).toBe('page');
    expect(namesOf(['--quick', '--variant', 'ours'])).toHaveLength(3);
    expect(
      namesOf(['--quick', '--app', 'nest-11', '--app', 'express-5']).map(({ on }) => on),
    ).toEqual(['nest-11 hello', 'express-5 hello', 'express-5 work']);
    expect(namesOf(['--quick', '--app', 'node-http'])[0]).toMatchObject({ variants: all });
  });

  it('reads the number of rounds', () => {
    expect(readOptions(['--rounds', '3']).amount).toMatchObject({ rounds: 3 });
  });

  it.each([
    [['--app', 'koa'], '--app: expected one of node-http, express-5'],
    [['--route', '/'], '--route: expected one of hello, fetch, work, got "/"'],
    [['--variant', 'sentry'], '--variant: expected one of bare, ours'],
    [['--sampling', '2'], '--sampling: expected a number from 0 to 1, got "2"'],
    [['--sampling', ''], '--sampling: expected a number from 0 to 1, got ""'],
    [['--rounds', '0'], '--rounds: expected a whole number of 1 or more, got "0"'],
    [['--fast'], "Unknown option '--fast'"],
  ])('refuses %j', (args, message) => {
    expect(() => readOptions(args)).toThrow(message);
  });
});
