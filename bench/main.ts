import { readdir, writeFile } from 'node:fs/promises';
import { arch, cpus, release, totalmem, type } from 'node:os';
import { extname } from 'node:path';
import { parseArgs } from 'node:util';
import type { Bench } from './contract/bench.ts';

const USAGE = 'npm run bench [-- NAME...] [--rounds N] [--seconds N] [--scale N] [--out FILE]';

/** Runs benches and prints their results as Markdown: all of them, or those whose files are named. */
async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { rounds: { type: 'string', default: '5' }, seconds: { type: 'string', default: '4' }, scale: { type: 'string', default: '1' }, out: { type: 'string' } },
  });
  const [rounds, seconds, scale] = [Number(values.rounds), Number(values.seconds), Number(values.scale)];
  if (!(Number.isInteger(rounds) && rounds > 0 && seconds > 0 && scale > 0)) throw new Error(`Rounds, seconds and scale are numbers above 0. ${USAGE}`);
  const known = await benchFiles();
  const wanted = positionals.length > 0 ? positionals : [...known.keys()];
  const unknown = wanted.filter((id) => !known.has(id));
  if (unknown.length > 0) throw new Error(`There is no bench ${unknown.join(', ')}; there are ${[...known.keys()].join(', ')}. ${USAGE}`);

  const lines = ['# Performance', '', machine(), ''];
  const progress = (line: string): void => void process.stderr.write(`${line}\n`);
  for (const id of wanted) {
    const bench = await loadBench(id, known.get(id) ?? '');
    lines.push(`## ${bench.name}`, '', ...(await bench.run({ rounds, seconds, scale, progress })), '', `\`npm run bench -- ${id}${scale === 1 ? '' : ` --scale ${String(scale)}`}\``, '');
  }
  const text = lines.join('\n');
  process.stdout.write(text);
  if (values.out !== undefined) await writeFile(values.out, text);
}

/** The files beside this one, by their names without extension. */
async function benchFiles(): Promise<ReadonlyMap<string, string>> {
  const extension = extname(import.meta.url);
  const names = (await readdir(new URL('.', import.meta.url))).filter((file) => extname(file) === extension && !file.endsWith('.d.ts')).sort();
  return new Map(names.map((file) => [file.slice(0, -extension.length), file] as const).filter(([id]) => id !== 'main'));
}

async function loadBench(id: string, file: string): Promise<Bench> {
  const module: unknown = await import(new URL(file, import.meta.url).href);
  if (isBench(module)) return module;
  throw new Error(`bench/${id} exports no name and run`);
}

function isBench(module: unknown): module is Bench {
  if (typeof module !== 'object' || module === null || !('name' in module) || !('run' in module)) return false;
  return typeof module.name === 'string' && typeof module.run === 'function';
}

/** What was measured on; figures of two machines are not comparable, ratios nearly are. */
function machine(): string {
  const [cpu] = cpus();
  return `Node ${process.versions.node}, ${type()} ${release()} ${arch()}, ${cpus().length} × ${cpu?.model.trim() ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB.`;
}

await main();
