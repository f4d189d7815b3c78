import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import type { Command as CommanderCommand } from 'commander';
import { NarrowsError } from '#src/core/errors.ts';
import { isStage, STAGES } from '#src/domain/wait.ts';
import type { Dataset, ExportQuery } from '#src/exports/rendering/dataset.ts';
import { exportText, type ExportFormat } from '#src/exports/rendering/write-rows.ts';
import { given, instantFlag } from './contract/flags.ts';
import type { Command, Terminal } from './contract/command.ts';

interface ExportFlags {
  readonly repository?: string;
  readonly withGone?: boolean;
  readonly stage?: string;
  readonly asOf?: string;
  readonly from?: string;
  readonly to?: string;
  readonly format: string;
  readonly out?: string;
}

/** `narrows export …`: facts, waits and phases as CSV or NDJSON, on standard output or into a file. */
const command: Command = {
  summary: 'write facts, waits or phases as CSV or NDJSON',
  configure(cli, run, terminal) {
    const facts = cli.command('facts').summary('pull-request-events or pull-requests').description('Facts, sorted.').argument('<set>', 'pull-request-events or pull-requests');
    output(facts)
      .option('--with-gone', 'events that are gone too: deleted, or no longer listed by GitHub')
      .action((set: string, flags: ExportFlags) => run(() => exportSet('facts', set, flags, terminal)));
    output(cli.command('waits').summary('every wait').description('Every wait, ended or not, sorted.'))
      .option('--stage <stage>', 'only waits of this stage')
      .option('--as-of <instant>', 'as they stood then, with everything known today about the facts until then')
      .action((flags: ExportFlags) => run(() => exportSet('waits', 'waits', flags, terminal)));
    output(cli.command('phases').summary('where every pull request was').description('Where every pull request was, and when.'))
      .option('--from <instant>', 'only stays that last beyond this')
      .option('--to <instant>', 'only stays that begin before this')
      .action((flags: ExportFlags) => run(() => exportSet('waits', 'phases', flags, terminal)));
  },
};

export default command;

function output(cli: CommanderCommand): CommanderCommand {
  return cli
    .option('--repository <owner/name>', 'only this repository')
    .option('--format <format>', 'csv or ndjson', 'csv')
    .option('--out <file>', 'a file instead of standard output');
}

async function exportSet(of: Dataset['of'], set: string, flags: ExportFlags, terminal: Terminal): Promise<number> {
  const format = checkedFormat(flags.format);
  const filters = checkedFilters(flags);
  const app = await terminal.openApp();
  try {
    const dataset = app.datasets.get(set);
    if (dataset?.of !== of) {
      const names = [...app.datasets].filter(([, known]) => known.of === of).map(([name]) => name);
      throw new NarrowsError('bad-usage', `There is no set of ${of} called ${set}: there are ${names.join(', ')}.`);
    }
    const sources = await app.exportSources();
    if (of === 'waits') await app.recomputeAll();
    await writeText(exportText(dataset, dataset.rows(sources, { viewer: app.operator, ...filters }), format), flags.out, terminal);
    return 0;
  } finally {
    await app.close();
  }
}

function checkedFilters(flags: ExportFlags): Omit<ExportQuery, 'viewer'> {
  if (flags.stage !== undefined && !isStage(flags.stage)) {
    throw new NarrowsError('bad-usage', `--stage ${flags.stage} is not known: it is one of ${Object.keys(STAGES).join(', ')}.`);
  }
  return {
    ...(flags.repository === undefined ? {} : { repository: flags.repository }),
    ...(flags.withGone === true ? { withGone: true } : {}),
    ...(flags.stage === undefined ? {} : { stage: flags.stage }),
    ...given('asOf', instantFlag('--as-of', flags.asOf)),
    ...given('fromAt', instantFlag('--from', flags.from)),
    ...given('toAt', instantFlag('--to', flags.to)),
  };
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
