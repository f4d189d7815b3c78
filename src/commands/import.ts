import { SingleBar } from 'cli-progress';
import { NarrowsError } from '#src/core/errors.ts';
import type { App } from '#src/app.ts';
import type { ImportResult } from '#src/ingest/import/import-file.ts';
import { fileSize } from '#src/ingest/import/lines.ts';
import type { Command, Terminal } from './contract/command.ts';
import { instantFlag } from './contract/flags.ts';

interface ImportFlags {
  readonly repository?: string;
  readonly takenAt?: string;
}

/** `narrows import FILE...`: recordings, GH Archive files and NDJSON of deliveries, plain or gzipped. */
const command: Command = {
  summary: 'import recordings, GH Archive files or NDJSON of deliveries',
  configure(cli, run, terminal) {
    cli
      .argument('<files...>', 'files, plain or gzipped, one JSON object a line')
      .option('--repository <owner/name>', 'the repository that recordings are of: they do not name it')
      .option('--taken-at <instant>', 'when the recordings were taken (ISO 8601); without it, the largest updated_at of each file')
      .action((files: string[], flags: ImportFlags) => run(() => importFiles(files, flags, terminal)));
  },
};

export default command;

async function importFiles(files: readonly string[], flags: ImportFlags, terminal: Terminal): Promise<number> {
  const repository = checkedRepository(flags.repository);
  const takenAt = instantFlag('--taken-at', flags.takenAt);
  const sizes = new Map<string, number>();
  for (const file of files) sizes.set(file, await fileSize(file));

  const app = await terminal.openApp();
  try {
    let refused = 0;
    for (const file of files) {
      const result = await importOne(app, file, sizes.get(file) ?? 0, { repository, takenAt }, terminal);
      refused += result.refused;
      terminal.err.write(describe(file, result));
    }
    await app.recomputeAll();
    const { dead } = app.ingested();
    if (dead > 0) terminal.err.write(`${String(dead)} deliveries could not be read; narrows doctor names them.\n`);
    return refused === 0 ? 0 : 1;
  } finally {
    await app.close();
  }
}

async function importOne(
  app: App,
  file: string,
  size: number,
  about: { readonly repository: string | null; readonly takenAt: number | null },
  terminal: Terminal,
): Promise<ImportResult> {
  const bar = terminal.err.isTTY === true ? progressBar(terminal) : null;
  bar?.start(Math.max(1, size), 0, { file, lines: 0 });
  try {
    return await app.importFile(file, {
      ...about,
      onProgress: ({ bytes, lines }) => bar?.update(Math.min(bytes, size), { lines }),
    });
  } finally {
    bar?.stop();
  }
}

function progressBar(terminal: Terminal): SingleBar {
  return new SingleBar({
    format: '{file} [{bar}] {percentage} % | {lines} lines | {eta_formatted} to go',
    stream: terminal.err,
    hideCursor: true,
    clearOnComplete: true,
  });
}

function describe(file: string, { lines, added, refused, problems }: ImportResult): string {
  const known = lines - added;
  const said = [`${file}: ${String(lines)} lines read, ${String(added)} new${known === 0 ? '' : `, ${String(known)} known before`}`];
  if (refused > 0) said.push(`${String(refused)} lines were not imported:`, ...problems.map((problem) => `  ${problem}`));
  if (refused > problems.length) said.push(`  and ${String(refused - problems.length)} more`);
  return `${said.join('\n')}\n`;
}

function checkedRepository(text: string | undefined): string | null {
  if (text === undefined) return null;
  if (/^[\w.-]+\/[\w.-]+$/.test(text)) return text;
  throw new NarrowsError('bad-usage', `--repository ${text} is not OWNER/NAME, such as octo-org/octo-repo.`);
}
