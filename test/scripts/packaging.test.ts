import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { OPTIONS } from '#src/config/options.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const project: { BUILT_FOLDERS: readonly string[]; filesBelow: (folder: string) => string[] } = await import(new URL('../../scripts/project.mjs', import.meta.url).href);

const DOCUMENTS = ['README.md', ...readdirSync(join(ROOT, 'docs/guides')).map((name) => join('docs/guides', name))];
const PACKAGING = ['Dockerfile', 'compose.yaml', ...readdirSync(join(ROOT, 'packaging')).map((name) => join('packaging', name))];
const BIN = 'dist/src/main.js';

function text(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** What a Dockerfile copies from the project's folder. */
function copiedPaths(): string[] {
  const lines = text('Dockerfile').split('\n').filter((line) => line.startsWith('COPY ') && !line.includes('--from='));
  return lines.flatMap((line) => line.split(/\s+/).slice(1, -1));
}

/** Where the headings of a document can be linked to, as GitHub makes it. */
function anchors(markdown: string): string[] {
  return [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading.toLowerCase().replace(/[^\w\s-]/g, '').replaceAll(' ', '-'));
}

describe('what Narrows is packaged with', () => {
  test('names no setting that there is not', () => {
    const known = new Set(Object.values(OPTIONS).flatMap(({ name, secret }) => (secret ? [name, `${name}_FILE`] : [name])));

    const named = [...DOCUMENTS, ...PACKAGING].flatMap((path) => [...text(path).matchAll(/\bNARROWS_[A-Z_]*[A-Z]\b/g)].map(([name]) => name));

    expect(named.length).toBeGreaterThan(50);
    expect([...new Set(named)].filter((name) => !known.has(name))).toEqual([]);
  });

  test('names no command that there is not, and the README names every command', () => {
    const commands = readdirSync(join(ROOT, 'src/commands')).filter((name) => name.endsWith('.ts')).map((name) => name.replace('.ts', ''));

    const named = DOCUMENTS.flatMap((path) => [...text(path).matchAll(/(?:`|^|sudo |exec narrows |--rm .*)narrows ([a-z]+)\b/gm)].map(([, name = '']) => name));
    const inTable = [...text('README.md').matchAll(/^\| `narrows ([a-z]+)/gm)].map(([, name = '']) => name);

    expect([...new Set(named)].filter((name) => !commands.includes(name))).toEqual([]);
    expect(commands.filter((name) => !inTable.includes(name))).toEqual([]);
  });

  test('has no link that leads nowhere', () => {
    const links = DOCUMENTS.flatMap((path) => [...text(path).matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)/g)].map(([, to = '', anchor = '']) => ({ path: to === '' ? path : join(path, '..', to), anchor })));

    expect(links.length).toBeGreaterThan(15);
    expect(links.filter(({ path, anchor }) => !existsSync(join(ROOT, path)) || (anchor !== '' && !anchors(text(path)).includes(anchor)))).toEqual([]);
  });

  test('copies into the image what is built and what the program reads, and .dockerignore lets it through', () => {
    const copied = copiedPaths();
    const read = project
      .filesBelow('src')
      .filter((path) => /\.tsx?$/.test(path))
      .flatMap((path) => [...text(path).matchAll(/projectFile\('([^']+)'\)/g)].map(([, name = '']) => name));
    const letThrough = text('.dockerignore').split('\n').filter((line) => line.startsWith('!')).map((line) => line.slice(1));

    expect(copied.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
    expect(project.BUILT_FOLDERS.filter((folder) => !copied.includes(folder))).toEqual([]);
    expect(read.filter((path) => !copied.some((from) => path === from || path.startsWith(`${from}/`)))).toEqual([]);
    expect(copied.filter((path) => !letThrough.includes(path))).toEqual([]);
  });

  test('runs the one program, under a Node that it wants', () => {
    const manifest = JSON.parse(text('package.json')) as { bin: { narrows: string }; engines: { node: string } };
    const images = [...text('Dockerfile').matchAll(/^FROM node:(\d+)/gm)].map(([, major]) => major);

    expect(manifest.bin.narrows).toBe(`./${BIN}`);
    for (const path of ['packaging/narrows.service', 'packaging/narrows', 'Dockerfile']) expect(text(path)).toContain(`/opt/narrows/${BIN}`);
    expect(images).toEqual([/\d+/.exec(manifest.engines.node)?.[0], /\d+/.exec(manifest.engines.node)?.[0]]);
  });

  test('passes from the compose file only what options there are, and publishes to this machine alone', () => {
    const { services } = parse(text('compose.yaml')) as { services: { narrows: { environment: Record<string, string>; ports: string[]; read_only: boolean } } };
    const names = new Set<string>(Object.values(OPTIONS).map(({ name }) => name));

    expect(Object.keys(services.narrows.environment).filter((name) => !names.has(name))).toEqual([]);
    expect(services.narrows.ports).toEqual(['127.0.0.1:${PORT:-3000}:3000']);
    expect(services.narrows.read_only).toBe(true);
  });
});
