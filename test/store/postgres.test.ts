import { afterAll, beforeAll } from '@jest/globals';
import { postgresDialect } from '#src/store/dialect.ts';
import { startPostgres, type TestPostgres } from '#test/support/postgres.ts';
import { collectionContract } from './contract/collection.ts';
import { completenessContract } from './contract/completeness.ts';
import { factsContract } from './contract/facts.ts';
import { foldingContract } from './contract/folding.ts';
import { healthContract } from './contract/health.ts';
import { inboxContract } from './contract/inbox.ts';
import { markedSubjectsContract } from './contract/marked-subjects.ts';
import { schemaContract } from './contract/schema.ts';
import { teamListingsContract } from './contract/team-listings.ts';
import { transactionContract, type OpenEngine } from './contract/transactions.ts';
import { upkeepContract } from './contract/upkeep.ts';

let server: TestPostgres;

beforeAll(async () => {
  server = await startPostgres();
}, 60_000);

afterAll(async () => {
  await server.stop();
});

const postgres: OpenEngine = {
  name: 'PostgreSQL',
  freshPlace: async () => ({ dataDir: '/nowhere', databaseUrl: await server.freshDatabase() }),
  dialect: ({ databaseUrl }) => Promise.resolve(postgresDialect(databaseUrl ?? '')),
};

inboxContract(postgres);
foldingContract(postgres);
factsContract(postgres);
teamListingsContract(postgres);
upkeepContract(postgres);
healthContract(postgres);
markedSubjectsContract(postgres);
transactionContract(postgres);
schemaContract(postgres);
collectionContract(postgres);
completenessContract(postgres);
