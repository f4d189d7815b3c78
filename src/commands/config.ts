import type { Command } from './contract/command.ts';

/** `narrows config check [FILE]`: every mistake in options and policy with its place, and what each rule matches. */
const command: Command = {
  summary: 'check options and policy, and say what each rule of the policy matches',
  configure(cli, run, terminal) {
    cli
      .command('check')
      .description('print every mistake in the options and the policy with its place, then what each rule matches in the present data; ends with 1 on mistakes')
      .argument('[file]', 'a policy file to check instead of the one that NARROWS_POLICY names')
      .action((file: string | undefined) => run(async () => (await import('./actions/check-config.ts')).checkConfig(file ?? null, terminal)));
  },
};

export default command;
