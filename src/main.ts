#!/usr/bin/env node
import { Command as CommanderCommand, CommanderError } from 'commander';
import { openApp } from './app.ts';
import { isCommand, type Terminal } from './commands/contract/command.ts';
import { loadCatalogue } from './core/catalogue.ts';
import { programVersion } from './core/program-version.ts';
import { NarrowsError } from './core/errors.ts';

/** The exit code when the call itself is wrong, as shells have it. */
const USAGE_EXIT = 2;

const terminal: Terminal = { out: process.stdout, err: process.stderr, env: process.env, openApp: () => openApp(process.env) };

/** Runs an action and turns how it ends into an exit code and, for an error, into one readable message. */
async function run(action: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await action();
  } catch (error) {
    process.exitCode = reportFailure(error);
  }
}

function reportFailure(error: unknown): number {
  if (error instanceof NarrowsError) {
    process.stderr.write(`narrows: ${error.message}\n`);
    return error.code === 'bad-usage' ? USAGE_EXIT : 1;
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`narrows: This is a mistake of Narrows itself. Please report it with these lines.\n${detail}\n`);
  return 1;
}

/** A reader that goes away (`narrows export … | head`) ends the program quietly. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

const version = programVersion();
const program = new CommanderCommand('narrows')
  .description('Measures how long things wait on GitHub, and says where the flow narrows.')
  .version(version)
  .showSuggestionAfterError()
  .showHelpAfterError('(narrows --help lists the commands)')
  .exitOverride();

const [asked = null] = process.argv.slice(2);
for (const [name, entry] of await loadCatalogue(new URL('./commands/', import.meta.url), isCommand, asked)) {
  const command = program.command(name).summary(entry.summary).description(entry.summary).exitOverride();
  entry.configure(command, run, terminal);
}

try {
  await program.parseAsync(process.argv);
} catch (error) {
  if (!(error instanceof CommanderError)) process.exitCode = reportFailure(error);
  else process.exitCode = error.exitCode === 0 ? 0 : USAGE_EXIT;
}
