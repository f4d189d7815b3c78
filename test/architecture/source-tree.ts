import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';
import ts from 'typescript';

/** The folders that make the product. */
const PRODUCT_FOLDERS = ['src', 'webhooks', 'reports'];

/** An import as it stands in a file. */
export interface Import {
  readonly specifier: string;
  /** `import type`: nothing of it is left when the program runs. */
  readonly isTypeOnly: boolean;
  /** The names that are taken, where they are named. */
  readonly names: readonly string[];
  /** The product's file it means, as a path from the project's folder; null for a package or a part of Node. */
  readonly file: string | null;
}

/** A file of the product. */
export interface SourceFile {
  /** From the project's folder, with slashes: `src/core/clock.ts`. */
  readonly path: string;
  readonly syntax: ts.SourceFile;
  readonly imports: readonly Import[];
}

/** Reads every program file of the product, wherever it lies. */
export function readSourceTree(root: string): readonly SourceFile[] {
  return PRODUCT_FOLDERS.flatMap((folder) => filesBelow(root, folder))
    .filter((path) => /\.tsx?$/.test(path))
    .sort()
    .map((path) => readSource(root, path));
}

/** Every file below a folder, from the project's folder, with slashes; none where the folder is missing. */
export function filesBelow(root: string, folder: string): string[] {
  try {
    return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'));
  } catch {
    return [];
  }
}

/** Calls `visit` for every node of a syntax tree. */
export function eachNode(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  node.forEachChild((child) => eachNode(child, visit));
}

function readSource(root: string, path: string): SourceFile {
  const syntax = ts.createSourceFile(path, readFileSync(join(root, path), 'utf8'), ts.ScriptTarget.ES2023, true);
  const imports: Import[] = [];
  eachNode(syntax, (node) => {
    const specifier = specifierOf(node);
    if (specifier !== null) imports.push({ specifier, isTypeOnly: isTypeOnly(node), names: namesOf(node), file: resolve(path, specifier) });
  });
  return { path, syntax, imports };
}

function specifierOf(node: ts.Node): string | null {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return textOf(node.moduleSpecifier);
  const isCall = ts.isCallExpression(node) && (node.expression.kind === ts.SyntaxKind.ImportKeyword || node.expression.getText() === 'require');
  if (isCall) return textOf(node.arguments[0]);
  return ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) ? textOf(node.argument.literal) : null;
}

function textOf(node: ts.Node | undefined): string | null {
  return node !== undefined && ts.isStringLiteralLike(node) ? node.text : null;
}

function isTypeOnly(node: ts.Node): boolean {
  if (ts.isImportDeclaration(node)) return node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
  return ts.isExportDeclaration(node) ? node.isTypeOnly : ts.isImportTypeNode(node);
}

function namesOf(node: ts.Node): string[] {
  const bindings = ts.isImportDeclaration(node) ? node.importClause?.namedBindings : undefined;
  return bindings !== undefined && ts.isNamedImports(bindings) ? bindings.elements.map(({ propertyName, name }) => (propertyName ?? name).text) : [];
}

function resolve(from: string, specifier: string): string | null {
  if (specifier.startsWith('.')) return posix.normalize(posix.join(posix.dirname(from), specifier));
  return specifier.startsWith('#') ? specifier.slice(1) : null;
}
