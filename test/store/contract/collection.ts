import { describe, expect, test } from '@jest/globals';
import type { CollectedRepository, CollectionProgress, Installation, SeenThing } from '#src/domain/collection.ts';
import { NOW } from '../builders.ts';
import { useStores, type Engine } from './engine.ts';

const KIND = 'pull_request_listing';

/** What remembering a collection owes on every engine. */
export function collectionContract(engine: Engine): void {
  describe(`what the collector remembers on ${engine.name}`, () => {
    const stores = useStores(engine);

    test('is nothing at first', async () => {
      const { collection } = await stores.open();

      expect([await collection.installations(), await collection.repositories(), await collection.progress('pull_requests')]).toEqual([[], [], []]);
      expect([await collection.seen(KIND, ['P1']), await collection.seen(KIND, []), await collection.unfinished(KIND, ['1'], NOW, 9)]).toEqual([[], [], []]);
    });

    test('installations and repositories come back as they were put last, in the order of their names, also after a restart', async () => {
      const place = await engine.freshPlace();
      const first = await stores.open(place);
      await first.collection.putInstallations([anInstallation({ id: '2', account: 'zulu' }), anInstallation({ id: '1', account: 'acme' })]);
      await first.collection.putInstallations([anInstallation({ id: '2', account: 'zulu', state: 'suspended', stateAt: NOW + 1, permissions: {}, events: [] })]);
      await first.collection.putRepositories([aRepository({ id: '9', fullName: 'acme/one' }), aRepository({ id: '8', fullName: 'acme/two' })]);
      await first.collection.putRepositories([aRepository({ id: '9', fullName: 'acme/zwei', state: 'archived' })]);

      const { collection } = await stores.open(place);

      expect(await collection.installations()).toEqual([
        anInstallation({ id: '1', account: 'acme' }),
        anInstallation({ id: '2', account: 'zulu', state: 'suspended', stateAt: NOW + 1, permissions: {}, events: [] }),
      ]);
      expect(await collection.repositories()).toEqual([aRepository({ id: '8', fullName: 'acme/two' }), aRepository({ id: '9', fullName: 'acme/zwei', state: 'archived' })]);
    });

    test('a repository put twice at once is as it was put last', async () => {
      const { collection } = await stores.open();

      await collection.putRepositories([aRepository({ fullName: 'acme/old' }), aRepository({ fullName: 'acme/new' })]);

      expect((await collection.repositories()).map(({ fullName }) => fullName)).toEqual(['acme/new']);
    });

    test('progress is kept by kind and repository, with what is unknown told apart from nothing', async () => {
      const { collection } = await stores.open();
      const begun = aProgress({ repositoryId: '1', cursor: 'c', done: 3, total: 9, collectedFromAt: NOW, wantedFromAt: NOW - 9, sweptUntilAt: NOW + 5 });
      const empty = aProgress({ repositoryId: '2', isDone: true, total: 0 });

      for (const progress of [begun, empty, aProgress({ repositoryId: '1', kind: 'runs' })]) await collection.putProgress(progress);

      expect(await collection.progress('pull_requests')).toEqual([begun, empty]);
      expect(await collection.progress('runs')).toEqual([aProgress({ repositoryId: '1', kind: 'runs' })]);
    });

    test('a sweep and a backfill move on side by side, and neither takes the other back', async () => {
      const { collection } = await stores.open();
      await collection.putProgress(aProgress({ repositoryId: '1', cursor: 'a', sweptUntilAt: NOW }));
      await collection.putProgress(aProgress({ repositoryId: '2', cursor: 'a' }));

      await collection.putSwept('pull_requests', ['1', '2', 'never begun'], NOW + 5);
      await collection.putProgress(aProgress({ repositoryId: '1', cursor: 'b', sweptUntilAt: NOW }));
      await collection.putSwept('pull_requests', ['2'], NOW + 4);

      expect(await collection.progress('pull_requests')).toEqual([
        aProgress({ repositoryId: '1', cursor: 'b', sweptUntilAt: NOW + 5 }),
        aProgress({ repositoryId: '2', cursor: 'a', sweptUntilAt: NOW + 5 }),
      ]);
    });

    test('what was seen is found by id and by kind, however many', async () => {
      const { collection } = await stores.open();
      const things = Array.from({ length: 700 }, (_, index) => aSight({ id: `P${index}`, version: String(index) }));
      await collection.putSeen([...things, aSight({ kind: 'other', id: 'P1', repositoryId: null, version: null })]);
      await collection.putSeen([aSight({ id: 'P2', version: 'changed' })]);

      const found = await collection.seen(KIND, ['P0', 'P2', 'P699', 'never']);

      expect(found).toEqual([things[0], aSight({ id: 'P2', version: 'changed' }), things[699]]);
      expect(await collection.seen('other', ['P1'])).toEqual([aSight({ kind: 'other', id: 'P1', repositoryId: null, version: null })]);
    });

    test('unfinished things are given, the longest unasked first, of the repositories asked for, and no more than wanted', async () => {
      const { collection } = await stores.open();
      const open = (id: string, checkedAt: number, repositoryId = '1'): SeenThing => aSight({ id, checkedAt, repositoryId, isUnfinished: true });
      await collection.putSeen([open('late', 30), open('early', 10), open('middle', 20), open('elsewhere', 1, '2'), open('just', 40), aSight({ id: 'finished', checkedAt: 1 })]);

      const ids = async (repositories: readonly string[], limit: number): Promise<string[]> => (await collection.unfinished(KIND, repositories, 40, limit)).map(({ id }) => id);

      expect(await ids(['1'], 9)).toEqual(['early', 'middle', 'late']);
      expect(await ids(['1', '2'], 2)).toEqual(['elsewhere', 'early']);
      expect(await ids([], 9)).toEqual([]);
    });
  });
}

function anInstallation(rest: Partial<Installation>): Installation {
  return { id: '1', account: 'acme', accountType: 'Organization', state: 'active', stateAt: NOW, permissions: { pull_requests: 'read' }, events: ['pull_request'], ...rest };
}

function aRepository(rest: Partial<CollectedRepository>): CollectedRepository {
  return { id: '9', nodeId: 'R_9', fullName: 'acme/app', installationId: '1', state: 'active', stateAt: NOW, ...rest };
}

function aProgress(rest: Partial<CollectionProgress>): CollectionProgress {
  return { repositoryId: '1', kind: 'pull_requests', cursor: null, done: 0, total: null, collectedFromAt: null, wantedFromAt: null, isDone: false, sweptUntilAt: null, ...rest };
}

function aSight(rest: Partial<SeenThing>): SeenThing {
  return { kind: KIND, id: 'P', repositoryId: '1', version: '1', takenAt: NOW, checkedAt: NOW, isUnfinished: false, ...rest };
}
