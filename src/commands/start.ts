import type { Command } from './contract/command.ts';

/** `narrows start`: receives deliveries, folds them, and serves what may be read, until it is told to stop. */
const command: Command = {
  summary: 'receive deliveries and serve figures until stopped',
  configure(cli, run, terminal) {
    cli.action(() =>
      run(async () => {
        const { startService } = await import('#src/service.ts');
        const app = await terminal.openApp();
        try {
          const service = await startService(app);
          terminal.err.write(`Narrows listens on ${service.url}\n`);
          for (const line of service.advice) terminal.err.write(`${line}\n`);
          await stopRequested();
          await service.stop();
          return 0;
        } finally {
          await app.close();
        }
      }),
    );
  },
};

export default command;

/** Resolves when the process is asked to end, by a service manager or from the keyboard; asked twice, it ends at once. */
function stopRequested(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        process.once(signal, () => process.exit(1));
        resolve();
      });
    }
  });
}
