import { describe, expect, test } from '@jest/globals';
import type { Store } from '#src/domain/store.ts';
import type { ComputedSubject, DirtySubject } from '#src/domain/subject.ts';
import { aComment, aFold, aPullRequestChange, byId, EVERYONE, NOW, someEvidence } from '../builders.ts';
import { useStores, type Engine } from './engine.ts';

const WIDGETS = byId('100', 'acme/widgets');

/** What marking, computing and keeping owe on every engine, whoever else computes at the same time. */
export function markedSubjectsContract(engine: Engine): void {
  describe(`marked subjects on ${engine.name}`, () => {
    const stores = useStores(engine);

    test('are handed out by their keys, with their facts, and no more once they were computed', async () => {
      const store = await stores.open();
      await tellOf(store, 2);
      await tellOf(store, 1);

      const dirty = await store.waitWriter.dirty(10);
      await keep(store, dirty.map(({ subject }) => titled(subject, 'computed')));

      expect(dirty.map(({ subject, pullRequest }) => [subject.number, subject.kept, pullRequest()?.createdAt])).toEqual([
        [1, null, NOW],
        [2, null, NOW],
      ]);
      expect(await store.waitWriter.dirty(10)).toEqual([]);
    });

    test('a mark made since its subject was read stays, and what older facts amount to is dropped', async () => {
      const store = await stores.open();
      await tellOf(store, 1);
      await tellOf(store, 2);
      const dirty = await store.waitWriter.dirty(10);
      await tellOf(store, 1, 'later');

      await keep(store, dirty.map(({ subject }) => titled(subject, 'older')));

      expect(await titles(store)).toEqual([[2, 'older']]);
      expect((await store.waitWriter.dirty(10)).map(({ subject }) => subject.number)).toEqual([1]);
    });

    test('a mark that another worker took away, and that was made again, is not mistaken for the first', async () => {
      const store = await stores.open();
      await tellOf(store, 1);
      const [slow] = await store.waitWriter.dirty(10);
      const [swift] = await store.waitWriter.dirty(10);
      if (slow === undefined || swift === undefined) throw new Error('Nothing is marked.');
      await keep(store, [titled(swift.subject, 'swift')]);
      await tellOf(store, 1, 'later');

      await keep(store, [titled(slow.subject, 'slow')]);

      expect(await titles(store)).toEqual([[1, 'swift']]);
      expect((await store.waitWriter.dirty(10)).map(({ subject }) => subject.number)).toEqual([1]);
    });

    test('a part of a batch may come back, in any order: the marks of the rest stay', async () => {
      const store = await stores.open();
      for (const number of [1, 2, 3]) await tellOf(store, number);
      const [one, , three] = await store.waitWriter.dirty(10);
      if (one === undefined || three === undefined) throw new Error('Too little is marked.');

      await keep(store, [titled(three.subject, 'computed'), titled(one.subject, 'computed')]);

      expect(await titles(store)).toEqual([[1, 'computed'], [3, 'computed']]);
      expect((await store.waitWriter.dirty(10)).map(({ subject }) => subject.number)).toEqual([2]);
    });

    test('a mark made between two that were read stays', async () => {
      const store = await stores.open();
      await tellOf(store, 1);
      await tellOf(store, 3);
      const dirty = await store.waitWriter.dirty(10);
      await tellOf(store, 2);

      await keep(store, dirty.map(({ subject }) => titled(subject, 'computed')));

      expect((await store.waitWriter.dirty(10)).map(({ subject }) => subject.number)).toEqual([2]);
    });

    test('what comes out the same under another policy is known to hold under it, by the same digest', async () => {
      const store = await stores.open();
      await tellOf(store, 1);
      await store.waitWriter.usePolicy('one');
      const [before] = await store.waitWriter.dirty(1);
      if (before === undefined) throw new Error('Nothing is marked.');
      await keep(store, [titled(before.subject, 'same')], 'one');
      await store.waitWriter.usePolicy('other');
      const [between] = await store.waitWriter.dirty(1);
      if (between === undefined) throw new Error('Nothing is marked.');

      await keep(store, [titled(between.subject, 'same')], 'other');

      await tellOf(store, 1, 'later');
      const [after] = await store.waitWriter.dirty(1);
      expect(between.subject.kept).toEqual({ digest: expect.any(String), policyDigest: 'one' });
      expect(after?.subject.kept).toEqual({ digest: between.subject.kept?.digest, policyDigest: 'other' });
      expect(await titles(store)).toEqual([[1, 'same']]);
    });
  });
}

/** Folds that a pull request was opened, and that it was commented on. */
async function tellOf(store: Store, number: number, comment = 'first'): Promise<void> {
  await store.writer.fold(aFold({ pullRequests: [aPullRequestChange(WIDGETS, number, someEvidence({}, [aComment(comment)]))] }));
}

async function keep(store: Store, computed: readonly ComputedSubject[], policy = 'one'): Promise<void> {
  await store.waitWriter.put(computed, new Map(), policy);
}

/** What was computed of a subject, to be told apart by its title. */
function titled(subject: DirtySubject, title: string): ComputedSubject {
  const { repositoryId, number } = subject;
  const life = { repositoryId, number, title, author: '#1', isByHuman: true, ignoredFor: null, openedAt: NOW, endedAt: null, endedBy: null, stays: [], moving: [] };
  return { subject, life, waits: [] };
}

async function titles(store: Store): Promise<(readonly [number, string | null])[]> {
  return (await store.waitReader.lives(EVERYONE, {})).map(({ number, title }) => [number, title] as const);
}
