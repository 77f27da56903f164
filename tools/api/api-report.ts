import { dirname, join } from 'node:path';
import ts from 'typescript';

/**
 * One self-contained text of what a declaration file exports, with everything of the package that its
 * types mention. The bundler spreads declarations over chunk files with hashes in their names, and
 * moves them when another entry uses them; here each stands once, sorted by name.
 */
export function apiReport(declarations: string): string {
  return new Report(declarations).text();
}

const header = '// Public API, checked by `npm test`. Updated by `npm run api`.\n';

/** Where a name comes from: another package, or a declaration in the files of this one. */
type Origin = { module: string; name: string } | { symbol: ts.Symbol };

class Report {
  readonly #checker: ts.TypeChecker;
  readonly #entry: ts.SourceFile;
  readonly #files: readonly ts.SourceFile[];
  readonly #imports = new Set<string>();
  readonly #reexports = new Set<string>();
  readonly #seen = new Set<ts.Symbol>();
  readonly #exported: [name: string, text: string][] = [];
  readonly #internal: [name: string, text: string][] = [];

  constructor(file: string) {
    const options: ts.CompilerOptions = { noLib: true, types: [], skipLibCheck: true };
    const host = ts.createCompilerHost(options);
    host.resolveModuleNameLiterals = ownFilesOnly;
    const program = ts.createProgram([file], options, host);
    const entry = program.getSourceFile(file);
    if (!entry) throw new Error(`${file} cannot be read`);
    this.#entry = entry;
    this.#files = program.getSourceFiles();
    this.#checker = program.getTypeChecker();
  }

  text(): string {
    const module = this.#checker.getSymbolAtLocation(this.#entry);
    const symbols = module ? this.#checker.getExportsOfModule(module) : [];
    this.#addExports(symbols.map((symbol) => [symbol.name, this.#origin(symbol)] as const));
    this.#addStatements();
    const declared = [...sorted(this.#exported), ...sorted(this.#internal)];
    const blocks = [lines(this.#imports), ...declared, lines(this.#reexports)];
    return [header, ...blocks.filter((block) => block !== '')].join('\n');
  }

  #addExports(exports: (readonly [name: string, origin: Origin])[]): void {
    const own = new Set<ts.Symbol>();
    for (const [exportedAs, origin] of exports) {
      if ('module' in origin) {
        const names = renamed(origin.name, exportedAs);
        this.#reexports.add(`export { ${names} } from '${origin.module}';`);
      } else if (exportedAs === origin.symbol.name) {
        own.add(origin.symbol);
      } else {
        this.#reexports.add(`export { ${renamed(origin.symbol.name, exportedAs)} };`);
      }
    }
    // all of them are known before the first is written: an export must not be taken for an internal of another
    for (const symbol of own) this.#seen.add(symbol);
    for (const symbol of own) this.#declare(symbol, this.#exported, true);
    for (const [, origin] of exports) {
      if ('symbol' in origin && !this.#seen.has(origin.symbol)) {
        this.#declare(origin.symbol, this.#internal, false);
      }
    }
  }

  /** What has no name to export: additions to other modules, and star exports. */
  #addStatements(): void {
    for (const statement of this.#files.flatMap((file) => [...file.statements])) {
      if (ts.isModuleDeclaration(statement) && isAugmentation(statement)) {
        this.#exported.push(['', this.#textOf(statement, false)]);
      }
      if (ts.isExportDeclaration(statement) && !statement.exportClause) {
        const module = externalModule(statement);
        if (module) this.#reexports.add(`export * from '${module}';`);
      }
    }
  }

  #declare(symbol: ts.Symbol, list: [string, string][], exported: boolean): void {
    this.#seen.add(symbol);
    const nodes = new Set((symbol.declarations ?? []).map(statementOf));
    for (const node of nodes) list.push([symbol.name, this.#textOf(node, exported)]);
  }

  /** A declaration as it stands, names of other chunks replaced by the ones they are declared with. */
  #textOf(node: ts.Node, exported: boolean): string {
    const file = node.getSourceFile();
    const edits: { start: number; end: number; text: string }[] = [];
    const visit = (each: ts.Node): void => {
      if (ts.isIdentifier(each) && !ts.isModuleDeclaration(each.parent)) {
        const name = this.#mention(each);
        if (name && name !== each.text) {
          edits.push({ start: each.getStart(file), end: each.end, text: name });
        }
      }
      ts.forEachChild(each, visit);
    };
    visit(node);
    const start = node.getStart(file);
    const isExported = /^export\b/.test(file.text.slice(start));
    if (exported && !isExported) edits.push({ start, end: start, text: 'export ' });
    return `${edited(file.text, node.getStart(file, true), node.end, edits)}\n`;
  }

  /** Takes note of what an identifier stands for; returns the name to write for it. */
  #mention(identifier: ts.Identifier): string | undefined {
    const symbol = this.#checker.getSymbolAtLocation(identifier);
    if (!symbol?.declarations?.some(isTopLevel)) return undefined;
    const origin = this.#origin(symbol);
    if ('module' in origin) {
      this.#imports.add(importLine(origin, identifier.text));
      return undefined;
    }
    if (!this.#seen.has(origin.symbol)) this.#declare(origin.symbol, this.#internal, false);
    return origin.symbol.name;
  }

  #origin(symbol: ts.Symbol): Origin {
    let current = symbol;
    while (current.flags & ts.SymbolFlags.Alias) {
      const declaration = current.declarations?.[0];
      const module = declaration && externalModule(declaration);
      if (module) return { module, name: importedName(declaration) };
      const next = this.#checker.getImmediateAliasedSymbol(current);
      if (!next || next === current) break;
      current = next;
    }
    return { symbol: current };
  }
}

/** Other packages stay imports: their types are not ours to report. */
function ownFilesOnly(
  literals: readonly ts.StringLiteralLike[],
  containingFile: string,
): ts.ResolvedModuleWithFailedLookupLocations[] {
  return literals.map(({ text }) => {
    if (!text.startsWith('.')) return { resolvedModule: undefined };
    const path = join(dirname(containingFile), text.replace(/\.js$/, '.d.ts'));
    const extension = ts.Extension.Dts;
    return {
      resolvedModule: { resolvedFileName: path, extension, isExternalLibraryImport: false },
    };
  });
}

/** The module that an import or export specifier names, unless it is a file of this package. */
function externalModule(node: ts.Node): string | undefined {
  const statement = ts.findAncestor(
    node,
    (each) => ts.isImportDeclaration(each) || ts.isExportDeclaration(each),
  ) as ts.ImportDeclaration | ts.ExportDeclaration | undefined;
  const specifier = statement?.moduleSpecifier;
  if (!specifier || !ts.isStringLiteral(specifier)) return undefined;
  return specifier.text.startsWith('.') ? undefined : specifier.text;
}

function importedName(node: ts.Node): string {
  if (ts.isImportSpecifier(node) || ts.isExportSpecifier(node)) {
    return (node.propertyName ?? node.name).text;
  }
  return ts.isNamespaceImport(node) || ts.isNamespaceExport(node) ? '*' : 'default';
}

function importLine({ module, name }: { module: string; name: string }, local: string): string {
  if (name === '*') return `import * as ${local} from '${module}';`;
  return `import { ${renamed(name, local)} } from '${module}';`;
}

function renamed(name: string, as: string): string {
  if (name === '*') return `* as ${as}`;
  return name === as ? name : `${name} as ${as}`;
}

function isTopLevel(node: ts.Declaration): boolean {
  const statement = statementOf(node);
  return (
    ts.isSourceFile(statement.parent) || externalModule(node) !== undefined || isSpecifier(node)
  );
}

function isSpecifier(node: ts.Node): boolean {
  return ts.isImportSpecifier(node) || ts.isExportSpecifier(node);
}

function statementOf(node: ts.Node): ts.Node {
  return ts.isVariableDeclaration(node) ? node.parent.parent : node;
}

function isAugmentation(node: ts.ModuleDeclaration): boolean {
  return ts.isStringLiteral(node.name) || (node.flags & ts.NodeFlags.GlobalAugmentation) !== 0;
}

function edited(
  text: string,
  start: number,
  end: number,
  edits: { start: number; end: number; text: string }[],
): string {
  let result = '';
  let from = start;
  for (const edit of edits.sort((a, b) => a.start - b.start)) {
    result += text.slice(from, edit.start) + edit.text;
    from = edit.end;
  }
  return result + text.slice(from, end);
}

function sorted(list: [name: string, text: string][]): string[] {
  // the same name twice is an overload: its order has a meaning
  return list.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, text]) => text);
}

function lines(set: ReadonlySet<string>): string {
  return set.size === 0 ? '' : `${[...set].sort().join('\n')}\n`;
}
