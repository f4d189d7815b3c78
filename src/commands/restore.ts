import type { Command, Terminal } from './contract/command.ts';

/** `narrows restore FOLDER`: puts a backup into an empty data folder. */
const command: Command = {
  summary: 'put a backup into a data folder that holds no data yet',
  configure(cli, run, terminal) {
    cli.argument('<folder>', 'a folder that narrows backup has written').action((folder: string) => run(() => putBack(folder, terminal)));
  },
};

export default command;

async function putBack(folder: string, terminal: Terminal): Promise<number> {
  const { restore } = await import('./actions/backup.ts');
  const app = await terminal.openApp();
  try {
    const { takenAt, deliveries, pullRequests } = await restore(app.options, folder);
    terminal.err.write(
      `Restored what was there at ${takenAt}: ${String(pullRequests)} pull requests and ${String(deliveries)} deliveries.\n` +
        'Start Narrows: what GitHub delivered since is fetched from its log, which reaches back three days, and asked for where it does not.\n',
    );
    return 0;
  } finally {
    await app.close();
  }
}
