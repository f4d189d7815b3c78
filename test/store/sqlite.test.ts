import { mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { standingClock } from '#src/core/clock.ts';
import { openStore } from '#src/store/store.ts';

test('smoke', async () => {
  const dataDir = join(mkdtempSync(join(tmpdir(), 'narrows-')), 'data');
  const store = await openStore({ dataDir, databaseUrl: null, clock: standingClock(1_700_000_000_000) });
  const delivery = (guid: string) => ({ guid, channel: 'webhook' as const, event: 'push', deliveredAt: 5, takenAt: null, format: 'json' as const, body: Buffer.from('{"a":1}') });
  expect(await Promise.all([store.inbox.store([delivery('a'), delivery('b')]), store.inbox.store([delivery('b'), delivery('c')])])).toEqual([2, 1]);
  const pending = await store.writer.pending(10);
  expect(pending.map(({ guid }) => guid)).toEqual(['a', 'b', 'c']);
  await store.writer.fold({
    changes: {
      accounts: [{ id: '1', login: 'a', type: null, seenAt: 3 }],
      repositories: [{ id: '9', fullName: 'o/r', seenAt: 3, deletedAt: null }],
      pullRequests: [{ repository: { id: null, fullName: 'o/r' }, number: 3, evidence: { attributes: { created_at: { value: 4, updatedAt: 4, knownAt: 4 } }, listings: [], sightings: {}, deletions: {} } }],
      pushes: [], teams: [], memberships: [], teamRepositories: [], collaborators: [],
    },
    outcomes: pending.map(({ id, event }) => ({ deliveryId: id, event, outcome: 'facts' as const, reason: null })),
  });
  expect(await store.writer.pending(10)).toEqual([]);
  const read = [];
  for await (const one of store.reader.pullRequests({ sees: 'everything' }, {})) read.push(one);
  expect(read).toMatchObject([{ repository: { id: '9', fullName: 'o/r' }, pullRequest: { number: 3, createdAt: 4 } }]);
  expect(await store.reader.outcomeCounts({ sees: 'everything' })).toEqual([{ event: 'push', outcome: 'facts', count: 3 }]);
  expect(await store.writer.replay(null)).toBe(3);
  expect((await store.writer.pending(2)).map(({ guid }) => guid)).toEqual(['a', 'b']);
  expect(await store.reader.teams({ sees: 'repositories', repositoryIds: ['9'] })).toEqual([]);
  expect(statSync(join(dataDir, 'inbox.sqlite')).mode & 0o777).toBe(0o600);
  expect(statSync(dataDir).mode & 0o777).toBe(0o700);
  await store.close();
});
