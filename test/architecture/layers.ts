import type { SourceFile } from './source-tree.ts';

/**
 * The import rule of the design: a part may import from the levels before its own. Parts of one level
 * do not know each other; they meet through the domain's interfaces. A part is a folder, or a file of
 * `src` itself.
 */
export const LEVELS: readonly (readonly string[])[] = [
  ['src/core'],
  ['src/domain'],
  ['src/config'],
  ['src/store', 'src/github', 'src/sources', 'src/waits', 'src/metrics', 'src/findings', 'src/charts', 'src/wording'],
  ['src/figures'],
  ['src/ingest', 'src/poller', 'src/schedule', 'src/simulator', 'webhooks', 'reports', 'src/api', 'src/dashboard', 'src/exports'],
  ['src/app.ts'],
  ['src/sample.ts'],
  ['src/mailing.ts'],
  ['src/collecting.ts'],
  ['src/settings.ts'],
  ['src/site.ts'],
  ['src/live-program.ts'],
  ['src/connecting.ts'],
  ['src/start-advice.ts'],
  ['src/service.ts'],
  ['src/commands'],
  ['src/main.ts'],
];

/** Where everything meets: these alone may make a viewer that sees everything. */
export const COMPOSITION_ROOT = ['src/app.ts', 'src/service.ts'];

/** Parts that compute and do nothing else: the same input gives the same output, whenever and wherever. */
export const PURE_PARTS = ['src/waits', 'src/metrics', 'src/findings', 'src/charts', 'src/wording', 'src/core/statistics'];

/** The part that a file belongs to: `src/waits`, `webhooks`, `src/app.ts`. */
export function partOf(path: string): string {
  return path.split('/').slice(0, path.startsWith('src/') ? 2 : 1).join('/');
}

function levelOf(part: string): number {
  return LEVELS.findIndex((parts) => parts.includes(part));
}

/** Imports against the import rule, and parts that have no place in it. */
export function layerViolations(files: readonly SourceFile[]): string[] {
  const strangers = [...new Set(files.map(({ path }) => partOf(path)))].filter((part) => levelOf(part) === -1);
  return [
    ...strangers.map((part) => `${part} has no place in the import rule: give it one in test/architecture/layers.ts`),
    ...files.flatMap((file) => file.imports.flatMap(({ file: target }) => (target === null ? [] : againstRule(file.path, target)))),
  ];
}

function againstRule(path: string, target: string): string[] {
  const [from, to] = [partOf(path), partOf(target)];
  if (from === to || levelOf(from) === -1 || levelOf(to) < levelOf(from)) return [];
  const reason = levelOf(to) === levelOf(from) ? 'parts of one level meet only through the domain' : `${to} comes after ${from} in the import rule`;
  return [`${path} imports ${target}: ${reason}`];
}

/** Circles of imports, each named once by its files in order. */
export function circles(files: readonly SourceFile[]): string[] {
  const targets = new Map(files.map((file) => [file.path, file.imports.flatMap((one) => one.file ?? [])]));
  const done = new Set<string>();
  const found: string[] = [];
  const walk = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) found.push(`circle: ${[...trail.slice(trail.indexOf(path)), path].join(' → ')}`);
    if (done.has(path) || trail.includes(path)) return;
    for (const target of targets.get(path) ?? []) walk(target, [...trail, path]);
    done.add(path);
  };
  for (const { path } of files) walk(path, []);
  return found;
}

/** Files beside the composition root that import from every stage there is: they would be a second one. */
export function secondRoots(files: readonly SourceFile[]): string[] {
  const rootLevel = levelOf('src/app.ts');
  const isStage = (part: string) => levelOf(part) >= levelOf('src/store') && levelOf(part) < rootLevel;
  const stages = new Set(files.map(({ path }) => partOf(path)).filter(isStage));
  return files
    .filter(({ path }) => !COMPOSITION_ROOT.includes(path))
    .filter(({ imports }) => stages.size > 1 && new Set(imports.flatMap(({ file }) => (file === null ? [] : partOf(file))).filter(isStage)).size >= stages.size)
    .map(({ path }) => `${path} imports every stage: only src/app.ts does`);
}
