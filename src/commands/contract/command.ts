import type { Command as CommanderCommand } from 'commander';
import type { App } from '#src/app.ts';

/** Where a command's words go, and what it may ask of its surroundings. */
export interface Terminal {
  /** What the command was asked for, and nothing else. */
  readonly out: NodeJS.WritableStream;
  /** Everything said on the way. */
  readonly err: NodeJS.WritableStream & { readonly isTTY?: boolean };
  /** The environment that `openApp` reads; left out where there is none. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Puts the program together from the environment. Throws `NarrowsError` where that is wrong. */
  openApp(): Promise<App>;
}

/** A command of the program: one file under `commands/`, whose name is the word that calls it. */
export interface Command {
  /** One line for `narrows --help`. */
  readonly summary: string;
  /** Adds arguments, options and the action. The action resolves to the exit code; it throws `NarrowsError` for what the caller can mend. */
  configure(command: CommanderCommand, run: (action: () => Promise<number>) => Promise<void>, terminal: Terminal): void;
}

/** Whether a module's default export is a command. */
export function isCommand(entry: unknown): entry is Command {
  return typeof entry === 'object' && entry !== null && 'summary' in entry && 'configure' in entry && typeof entry.configure === 'function';
}
