import type { Command, Terminal } from './contract/command.ts';

/** `narrows backup FOLDER`: copies the data while Narrows runs. */
const command: Command = {
  summary: 'copy the data into a new folder while Narrows runs',
  configure(cli, run, terminal) {
    cli
      .argument('<folder>', 'where the backup is written; made by the command')
      .option('--with-credentials', 'copy credentials.json too: whoever has the backup can then act as the GitHub App')
      .action((folder: string, flags: { readonly withCredentials?: boolean }) => run(() => backup(folder, flags.withCredentials === true, terminal)));
  },
};

export default command;

async function backup(folder: string, withCredentials: boolean, terminal: Terminal): Promise<number> {
  const { backUp } = await import('./actions/backup.ts');
  const app = await terminal.openApp();
  try {
    const { deliveries, pullRequests } = await backUp(app.options, folder, { withCredentials, now: app.clock.now() });
    terminal.err.write(`${folder}: ${String(pullRequests)} pull requests and ${String(deliveries)} deliveries, read back and whole.\n`);
    if (withCredentials) terminal.err.write('It holds the key of the GitHub App: keep it where only you can read it.\n');
    return 0;
  } finally {
    await app.close();
  }
}
