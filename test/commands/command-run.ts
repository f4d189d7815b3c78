import { Writable } from 'node:stream';
import { Command as CommanderCommand } from 'commander';
import { openApp } from '#src/app.ts';
import { systemClock, type Clock } from '#src/core/clock.ts';
import type { Command, Terminal } from '#src/commands/contract/command.ts';

/** What a command printed and how it ended; null where it did not come to an end. */
export interface CommandRun {
  readonly code: number | null;
  readonly text: string;
}

/** Runs a command in an environment, as `narrows WORD…` does. What it throws is thrown. */
export async function runCommand(command: Command, env: Readonly<Record<string, string>>, words: readonly string[] = [], clock: Clock = systemClock): Promise<CommandRun> {
  let text = '';
  let code: number | null = null;
  const out = new Writable({
    write(chunk: Buffer, _encoding, done) {
      text += chunk.toString();
      done();
    },
  });
  const terminal: Terminal = { out, err: out, env, openApp: () => openApp({ ...env }, clock) };
  const cli = new CommanderCommand().exitOverride();
  command.configure(cli, async (action) => void (code = await action()), terminal);
  await cli.parseAsync([...words], { from: 'user' });
  return { code, text: text.replaceAll('\u00A0', ' ') };
}
