import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { standingClock } from '#src/core/clock.ts';
import { openStore } from '#src/store/store.ts';
import { startPostgres, type TestPostgres } from '#test/support/postgres.ts';

let server: TestPostgres;
beforeAll(async () => { server = await startPostgres(); }, 60000);
afterAll(async () => { await server.stop(); });
test('smoke', async () => {
  const store = await openStore({ dataDir: '/nonexistent', databaseUrl: await server.freshDatabase(), clock: standingClock(5) });
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
  expect(await store.reader.teams({ sees: 'repositories', repositoryIds: ['9'] })).toEqual([]);
  expect(await store.upkeep.compact()).toBe(true);
  expect(await store.upkeep.compact()).toBe(false);
  expect(await store.writer.replay(null)).toBe(3);
  expect((await store.writer.pending(2)).map(({ guid }) => guid)).toEqual(['a', 'b']);
  await store.close();
});
