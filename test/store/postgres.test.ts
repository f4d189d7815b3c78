import { afterAll, beforeAll } from '@jest/globals';
import { startPostgres, type TestPostgres } from '#test/support/postgres.ts';
import { foldingContract } from './contract/folding.ts';
import { inboxContract } from './contract/inbox.ts';

let server: TestPostgres;

beforeAll(async () => {
  server = await startPostgres();
}, 60_000);

afterAll(async () => {
  await server.stop();
});

const postgres = {
  name: 'PostgreSQL',
  freshPlace: async () => ({ dataDir: '/nowhere', databaseUrl: await server.freshDatabase() }),
};

inboxContract(postgres);
foldingContract(postgres);
