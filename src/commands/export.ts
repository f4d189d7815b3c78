import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { NarrowsError } from '#src/core/errors.ts';
import { exportText, type ExportFormat } from '#src/exports/rendering/write-rows.ts';
import type { Command, Terminal } from './contract/command.ts';

interface ExportFlags {
  readonly repository?: string;
  readonly withGone?: boolean;
  readonly format: string;
  readonly out?: string;
}

/** `narrows export facts SET`: facts as CSV or NDJSON, on standard output or into a file. */
const command: Command = {
  summary: 'write facts as CSV or NDJSON',
  configure(cli, run, terminal) {
    cli
      .command('facts')
      .summary('pull-request-events, pull-requests')
      .description('Facts, sorted, with a header line.')
      .argument('<set>', 'pull-request-events or pull-requests')
      .option('--repository <owner/name>', 'only this repository')
      .option('--with-gone', 'events that are gone too: deleted, or no longer listed by GitHub')
      .option('--format <format>', 'csv or ndjson', 'csv')
      .option('--out <file>', 'a file instead of standard output')
      .action((set: string, flags: ExportFlags) => run(() => exportFacts(set, flags, terminal)));
  },
};

export default command;

async function exportFacts(set: string, flags: ExportFlags, terminal: Terminal): Promise<number> {
  const format = checkedFormat(flags.format);
  const app = await terminal.openApp();
  try {
    const dataset = app.datasets.get(set);
    if (dataset === undefined) {
      throw new NarrowsError('bad-usage', `There is no set of facts called ${set}: there are ${[...app.datasets.keys()].join(', ')}.`);
    }
    const query = {
      viewer: app.operator,
      withGone: flags.withGone === true,
      ...(flags.repository === undefined ? {} : { repository: flags.repository }),
    };
    const store = await app.store();
    await writeText(exportText(dataset, dataset.rows(store.reader, query), format), flags.out, terminal);
    return 0;
  } finally {
    await app.close();
  }
}

/** Writes at the pace of whoever reads. */
async function writeText(pieces: AsyncIterable<string>, path: string | undefined, terminal: Terminal): Promise<void> {
  const out = path === undefined ? terminal.out : createWriteStream(path, { mode: 0o600 });
  try {
    if (path !== undefined) await once(out, 'open');
  } catch (cause) {
    throw new NarrowsError('bad-usage', `--out ${String(path)} cannot be written: ${cause instanceof Error ? cause.message : String(cause)}.`, { cause });
  }
  for await (const piece of pieces) if (!out.write(piece)) await once(out, 'drain');
  if (path === undefined) return;
  out.end();
  await finished(out);
}

function checkedFormat(text: string): ExportFormat {
  if (text === 'csv' || text === 'ndjson') return text;
  throw new NarrowsError('bad-usage', `--format ${text} is not known: it is csv or ndjson.`);
}
