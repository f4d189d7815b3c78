import type { ReportFlags } from './actions/report.ts';
import type { Command } from './contract/command.ts';

/** `narrows report`: the weekly mail, shown or sent. */
const command: Command = {
  summary: 'show the weekly mail of a team, or send it now',
  configure(cli, run, terminal) {
    cli
      .option('--preview', 'print it, or write it to files with --out; nothing is sent')
      .option('--send', 'send it to the recipients of the policy file who have not had it')
      .option('--again', 'with --send: also to those whose mail failed or was never confirmed')
      .option('--team <slug>', 'a team of the policy file; without it all of them')
      .option('--week <week>', 'a week such as 2025-W47; without it the last full one')
      .option('--out <folder>', 'with --preview: write an HTML page and a text file for each team into this folder')
      .action((flags: ReportFlags) => run(async () => (await import('./actions/report.ts')).report(flags, terminal)));
  },
};

export default command;
