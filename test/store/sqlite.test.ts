import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';
import { foldingContract } from './contract/folding.ts';
import { inboxContract } from './contract/inbox.ts';

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const sqlite = {
  name: 'SQLite',
  freshPlace() {
    const folder = mkdtempSync(join(tmpdir(), 'narrows-store-'));
    folders.push(folder);
    return Promise.resolve({ dataDir: join(folder, 'data'), databaseUrl: null });
  },
};

inboxContract(sqlite);
foldingContract(sqlite);
