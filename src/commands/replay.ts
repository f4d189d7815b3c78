import { NarrowsError } from '#src/core/errors.ts';
import type { Outcome } from '#src/domain/delivery.ts';
import type { Command, Terminal } from './contract/command.ts';

const OUTCOMES = ['facts', 'ignored', 'unknown', 'dead'] as const satisfies readonly Outcome[];

/** `narrows replay`: reads kept deliveries again, after an upgrade that understands more of them. */
const command: Command = {
  summary: 'read kept deliveries again, all of them or only those of one end',
  configure(cli, run, terminal) {
    cli
      .option('--only <end>', `only deliveries that ended as one of ${OUTCOMES.join(', ')}`)
      .action((flags: { readonly only?: string }) => run(() => replay(flags.only, terminal)));
  },
};

export default command;

async function replay(only: string | undefined, terminal: Terminal): Promise<number> {
  const outcome = OUTCOMES.find((known) => known === only);
  if (only !== undefined && outcome === undefined) {
    throw new NarrowsError('bad-usage', `--only ${only} is not known: it is one of ${OUTCOMES.join(', ')}.`);
  }
  const app = await terminal.openApp();
  try {
    const store = await app.store();
    const marked = await store.writer.replay(outcome ?? null);
    const counts = await app.ingestAll();
    terminal.err.write(
      `${String(marked)} deliveries read again: ${String(counts.facts)} made facts, ${String(counts.ignored)} were ignored, ` +
        `${String(counts.unknown)} are of unknown events, ${String(counts.dead)} cannot be read.\n`,
    );
    return 0;
  } finally {
    await app.close();
  }
}
