import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import ts from 'typescript';

/** A regular expression in the text of a program. */
export interface Expression {
  readonly source: string;
  readonly flags: string;
  /** `packages/core/src/file.ts:12`. */
  readonly place: string;
}

/** Every regular expression literal in the sources of the packages, tests apart. */
export async function expressionsOf(packages: string): Promise<Expression[]> {
  const all: Expression[] = [];
  for await (const file of glob('*/src/**/*.ts', { cwd: packages })) {
    if (file.endsWith('.test.ts')) continue;
    all.push(...literalsIn(await readFile(join(packages, file), 'utf8'), join('packages', file)));
  }
  return all;
}

/** The regular expression literals of one file's text. */
export function literalsIn(text: string, file: string): Expression[] {
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: Expression[] = [];
  function visit(node: ts.Node): void {
    if (ts.isRegularExpressionLiteral(node)) found.push(expressionFrom(node));
    ts.forEachChild(node, visit);
  }
  function expressionFrom(node: ts.RegularExpressionLiteral): Expression {
    const end = node.text.lastIndexOf('/');
    const { line } = tree.getLineAndCharacterOfPosition(node.getStart());
    return {
      source: node.text.slice(1, end),
      flags: node.text.slice(end + 1),
      place: `${file}:${line + 1}`,
    };
  }
  visit(tree);
  return found;
}
