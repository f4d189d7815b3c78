import { SingleBar } from 'cli-progress';
import type { App } from '#src/app.ts';
import { collectorOf, isFoldedElsewhere } from '#src/collecting.ts';
import { NarrowsError } from '#src/core/errors.ts';
import type { CollectionTarget } from '#src/poller/collected-installation.ts';
import type { OpenCollector } from '#src/poller/open-collector.ts';
import { openInbox } from '#src/store/inbox-thread.ts';
import type { Command, Terminal } from './contract/command.ts';
import { instantFlag } from './contract/flags.ts';
import { BackfillPace, type PaceLine } from './printing/backfill-pace.ts';

interface BackfillFlags {
  readonly since?: string;
  readonly repository?: string;
}

/** Pull requests after which what was stored is folded, where no service does. */
const FOLDED_AFTER = 500;

/** Without a terminal a line says how it goes so often, ms. */
const SAID_EVERY_MS = 15_000;

/** `narrows backfill`: what lies back on GitHub, the last 90 days of every repository first. */
const command: Command = {
  summary: 'collect what lies back on GitHub; stopped at any time, it goes on where it was',
  configure(cli, run, terminal) {
    cli
      .option('--since <instant>', 'go no further back than this (ISO 8601): history begins there')
      .option('--repository <owner/name>', 'only this repository')
      .action((flags: BackfillFlags) => run(() => collect(flags, terminal)));
  },
};

export default command;

async function collect(flags: BackfillFlags, terminal: Terminal): Promise<number> {
  const sinceAt = instantFlag('--since', flags.since);
  const app = await terminal.openApp();
  const { dataDir, databaseUrl } = app.options;
  const inbox = await openInbox({ dataDir, databaseUrl, clock: app.clock });
  const stopping = new AbortController();
  const stop = (): void => stopping.abort(new Error('stopped'));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
  try {
    const opened = await collectorOf(app, inbox);
    if (opened === null) throw new NarrowsError('bad-usage', 'There is nothing to ask GitHub with: set NARROWS_GITHUB_APP_ID and NARROWS_GITHUB_PRIVATE_KEY, or NARROWS_GITHUB_TOKEN.');
    await opened.collector.refresh(stopping.signal);
    const targets = named(await opened.collector.targets(), flags.repository);
    const problems = await backfillTargets(app, opened, { targets, ...(sinceAt === null ? {} : { sinceAt }) }, stopping.signal, terminal);
    for (const problem of problems) terminal.err.write(`${problem}\n`);
    return problems.length === 0 ? 0 : 1;
  } catch (error) {
    if (!stopping.signal.aborted) throw error;
    terminal.err.write('Stopped. narrows backfill goes on where it was.\n');
    return 130;
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.removeListener(signal, stop);
    await inbox.close();
    await app.close();
  }
}

/** Those that are asked for. Throws `bad-usage` for one that is not there, and where there is none at all. */
function named(targets: readonly CollectionTarget[], name: string | undefined): readonly CollectionTarget[] {
  const found = targets.filter(({ repository }) => name === undefined || repository.fullName.toLowerCase() === name.toLowerCase());
  if (found.length > 0) return found;
  if (name === undefined) throw new NarrowsError('bad-usage', 'There is no repository to collect: install the App for some, or see what the policy leaves out (repositories).');
  throw new NarrowsError('bad-usage', `--repository ${name} is none that is collected: the App has no access to it, or the policy leaves it out (repositories).`);
}

async function backfillTargets(app: App, { collector }: OpenCollector, asked: { readonly targets: readonly CollectionTarget[]; readonly sinceAt?: number }, signal: AbortSignal, terminal: Terminal): Promise<readonly string[]> {
  const folding = (await isFoldedElsewhere(app)) ? null : new Folding(app);
  const shown = showPace(terminal);
  const pace = new BackfillPace(app.clock.now());
  try {
    await collector.organizations(Infinity, signal);
    const result = await collector.backfill(
      {
        ...asked,
        onPage: (status, { at }) => {
          shown.show(pace.line(status, at.github.budget(), app.clock.now()), app.clock.now());
          folding?.soon(status.collected);
        },
      },
      signal,
    );
    shown.end();
    terminal.err.write(`${result.collected.toLocaleString('en')} pull requests collected; ${String(result.finished)} of ${String(result.repositories)} repositories are complete as far back as asked.\n`);
    await folding?.finish();
    if (folding === null) terminal.err.write('The running service reads them in.\n');
    return result.problems;
  } finally {
    shown.end();
    await folding?.settle();
  }
}

/** Reads in what was stored while more is fetched: one at a time, and all at the end. */
class Folding {
  readonly #app: App;
  #running: Promise<unknown> | null = null;
  #foldedAt = 0;

  constructor(app: App) {
    this.#app = app;
  }

  soon(collected: number): void {
    if (this.#running !== null || collected - this.#foldedAt < FOLDED_AFTER) return;
    this.#foldedAt = collected;
    this.#running = this.#app.ingestAll().finally(() => {
      this.#running = null;
    });
    this.#running.catch(() => undefined);
  }

  /** Waits for what is under way. */
  async settle(): Promise<void> {
    await this.#running?.catch(() => undefined);
  }

  async finish(): Promise<void> {
    await this.settle();
    await this.#app.ingestAll();
    await this.#app.recomputeAll();
  }
}

/** Where it is shown how it goes. */
interface Shown {
  show(line: PaceLine, nowAt: number): void;
  end(): void;
}

function showPace({ err }: Terminal): Shown {
  return err.isTTY === true ? barOf(err) : linesOf(err);
}

function barOf(stream: Terminal['err']): Shown {
  const bar = new SingleBar({ format: '[{bar}] {percentage} % | {text}', stream, hideCursor: true, clearOnComplete: true, etaBuffer: 1 });
  let isStarted = false;
  return {
    show({ done, total, text }) {
      if (!isStarted) bar.start(Math.max(1, total), done, { text });
      isStarted = true;
      bar.setTotal(Math.max(1, total));
      bar.update(Math.min(done, total), { text });
    },
    end() {
      if (isStarted) bar.stop();
      isStarted = false;
    },
  };
}

function linesOf(stream: Terminal['err']): Shown {
  let saidAt = -Infinity;
  return {
    show({ text }, nowAt) {
      if (nowAt - saidAt < SAID_EVERY_MS) return;
      saidAt = nowAt;
      stream.write(`${text}\n`);
    },
    end: () => undefined,
  };
}
