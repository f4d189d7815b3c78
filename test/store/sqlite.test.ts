import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';
import { sqliteDialect } from '#src/store/dialect.ts';
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

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const sqlite: OpenEngine = {
  name: 'SQLite',
  freshPlace() {
    const folder = mkdtempSync(join(tmpdir(), 'narrows-store-'));
    folders.push(folder);
    return Promise.resolve({ dataDir: join(folder, 'data'), databaseUrl: null });
  },
  dialect({ dataDir }) {
    mkdirSync(dataDir, { recursive: true });
    return sqliteDialect({ path: join(dataDir, 'facts.sqlite'), durability: 'normal', pageSize: 4096 });
  },
};

inboxContract(sqlite);
foldingContract(sqlite);
factsContract(sqlite);
teamListingsContract(sqlite);
upkeepContract(sqlite);
healthContract(sqlite);
markedSubjectsContract(sqlite);
transactionContract(sqlite);
schemaContract(sqlite);
collectionContract(sqlite);
completenessContract(sqlite);
