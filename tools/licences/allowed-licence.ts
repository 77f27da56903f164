/** Permissive licences: they ask for no more than their notice, and go together with Apache-2.0. */
const allowed = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Python-2.0',
  'Unlicense',
]);

/**
 * Whether an SPDX expression is allowed: of `OR` one side is enough, of `AND` both are needed, and AND
 * binds tighter. No licence, an unknown one and an expression that does not parse are not.
 */
export function isAllowed(expression: string | undefined): boolean {
  const tokens = expression?.match(/[()]|[^\s()]+/g) ?? [];
  let next = 0;
  const result = either();
  return result && next === tokens.length;

  function either(): boolean {
    let result = both();
    while (tokens[next] === 'OR') {
      next += 1;
      const right = both(); // read to its end also when the left side was enough
      result = result || right;
    }
    return result;
  }

  function both(): boolean {
    let result = one();
    while (tokens[next] === 'AND') {
      next += 1;
      const right = one();
      result = result && right;
    }
    return result;
  }

  function one(): boolean {
    const token = tokens[next];
    next += 1;
    if (token !== '(') return token !== undefined && allowed.has(token);
    const result = either();
    if (tokens[next] !== ')') return false;
    next += 1;
    return result;
  }
}
