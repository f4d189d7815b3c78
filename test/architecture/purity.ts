import { builtinModules } from 'node:module';
import ts from 'typescript';
import { PURE_PARTS } from './layers.ts';
import { eachNode, type Import, type SourceFile } from './source-tree.ts';

/** Packages that compute and do nothing else. A new one is added here after a look at what it does. */
const PURE_PACKAGES = ['echarts', 'luxon', 'react', 'react-dom', 'simple-statistics', 'zod', 'fastest-levenshtein'];

/** What asks the machine for the time, for chance, or for something that stands outside the program. */
const IMPURE = /^(?:Date\.now|Math\.random|performance\.\w+|process\.\w+|console\.\w+|crypto\.\w+|DateTime\.(?:now|local|utc)|Settings\.\w+|fetch|setTimeout|setInterval|setImmediate|queueMicrotask)$/;

/** Uses of clock, chance, network, files or database in the pure parts, also by way of what they import. */
export function impurities(files: readonly SourceFile[]): string[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  return files.filter(({ path }) => isPure(path)).flatMap((file) => [...impureUses(file, file.path), ...impureImports(file, byPath)]);
}

function isPure(path: string): boolean {
  return PURE_PARTS.some((part) => path.startsWith(`${part}/`));
}

/** The imports that remain when the program runs, of the file and of all it leads to. */
function impureImports(start: SourceFile, byPath: ReadonlyMap<string, SourceFile>): string[] {
  const found: string[] = [];
  const seen = new Set([start.path]);
  const queue = [start];
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    const by = file === start ? '' : ` by way of ${file.path}`;
    for (const one of file.imports.filter(({ isTypeOnly }) => !isTypeOnly)) {
      const next = one.file === null ? undefined : byPath.get(one.file);
      if (isImpurePackage(one)) found.push(`${start.path} is pure and imports ${one.specifier}${by}`);
      if (next === undefined || seen.has(next.path)) continue;
      seen.add(next.path);
      queue.push(next);
      if (!isPure(next.path)) found.push(...impureUses(next, start.path));
    }
  }
  return found;
}

function isImpurePackage({ file, specifier }: Import): boolean {
  if (file !== null) return false;
  const name = specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
  return specifier.startsWith('node:') || builtinModules.includes(specifier) || !PURE_PACKAGES.includes(name);
}

function impureUses(file: SourceFile, startPath: string): string[] {
  const by = file.path === startPath ? '' : ` by way of ${file.path}`;
  const found: string[] = [];
  eachNode(file.syntax, (node) => {
    const use = impureUse(node);
    if (use !== null) found.push(`${startPath} is pure and uses ${use}${by}`);
  });
  return found;
}

function impureUse(node: ts.Node): string | null {
  if (ts.isNewExpression(node) && node.expression.getText() === 'Date' && (node.arguments ?? []).length === 0) return 'new Date()';
  if (ts.isCallExpression(node) && IMPURE.test(node.expression.getText())) return node.expression.getText();
  return ts.isPropertyAccessExpression(node) && node.expression.getText() === 'process' ? node.getText() : null;
}
