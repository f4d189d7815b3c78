import { describe, expect, test } from '@jest/globals';
import type { FactChanges, PullRequestChange } from '#src/domain/source.ts';
import type { Store } from '#src/domain/store.ts';
import { aComment, aFold, aPullRequestChange, aPush, aTransition, byId, byName, EVERYONE, NOW, read, someEvidence, subjects } from '../builders.ts';
import { useStores, type Engine } from './engine.ts';

const WIDGETS = byId('7', 'acme/widgets');

/** What the facts owe on every engine. */
export function factsContract(engine: Engine): void {
  describe(`facts on ${engine.name}`, () => {
    const stores = useStores(engine);

    async function tell(store: Store, ...told: readonly FactChanges[]): Promise<void> {
      for (const changes of told) await store.writer.fold(aFold(changes));
    }

    function seen(id: string | null, fullName: string, seenAt: number, deletedAt: number | null = null): FactChanges {
      return { repositories: [{ id, fullName, seenAt, deletedAt }] };
    }

    function pullRequest(...change: Parameters<typeof aPullRequestChange>): FactChanges {
      return { pullRequests: [aPullRequestChange(...change)] };
    }

    test('keep every attribute and event of a pull request, told at once or one by one', async () => {
      const store = await stores.open();
      const attributes = { title: 'Äpfel 🍏', state: 'closed', draft: false, closed_at: NOW + 9e6, additions: 3, deletions: 0, changed_files: 2, commits: 1, base_ref: 'main', head_ref: 'topic', head_sha: 'c'.repeat(40) };

      await tell(store, pullRequest(WIDGETS, 1, someEvidence(attributes)), pullRequest(WIDGETS, 1, someEvidence({}, [aComment('5')])), pullRequest(WIDGETS, 1, someEvidence({}, [aComment('6')])));

      const [one] = await read(store);
      expect(one).toMatchObject({
        repository: { id: '7', fullName: 'acme/widgets', deletedAt: null },
        pullRequest: { number: 1, author: '#1', title: 'Äpfel 🍏', state: 'closed', draft: false, createdAt: NOW, closedAt: NOW + 9e6, mergedAt: null, additions: 3, deletions: 0, changedFiles: 2, commits: 1, baseRef: 'main', headRef: 'topic', headSha: 'c'.repeat(40) },
      });
      expect(one?.pullRequest.events.map(({ kind, id }) => [kind, id])).toEqual([['opened', null], ['commented', '5'], ['commented', '6'], ['closed', null]]);
    });

    test('leave a pull request out while nothing tells when it was opened', async () => {
      const store = await stores.open();

      await tell(store, pullRequest(WIDGETS, 1, { ...someEvidence({}, [aComment('5')]), attributes: {} }));

      expect(await subjects(store)).toEqual([]);
    });

    test('show events that are gone only when asked', async () => {
      const store = await stores.open();
      const evidence = someEvidence({}, [aComment('5')]);
      await tell(store, pullRequest(WIDGETS, 1, { ...evidence, deletions: { 'commented:5': NOW + 8e6 } }));

      const [today] = await read(store);
      const [ever] = await read(store, { withGone: true });

      expect(today?.pullRequest.events.map(({ kind }) => kind)).toEqual(['opened']);
      expect(ever?.pullRequest.events.map(({ kind, goneAt }) => [kind, goneAt])).toEqual([['opened', null], ['commented', NOW + 8e6]]);
    });

    test('are sorted by repository and number, over as many pages as it takes', async () => {
      const store = await stores.open();
      const changes: PullRequestChange[] = [];
      for (let number = 1203; number > 0; number -= 1) changes.push(aPullRequestChange(WIDGETS, number));
      changes.push(aPullRequestChange(byId('3', 'zeta/last'), 2), aPullRequestChange(byId('9', 'Acme/upper'), 1), aPullRequestChange(byId('8', 'acme/gadgets'), 10), aPullRequestChange(byId('8', 'acme/gadgets'), 9));

      await tell(store, { pullRequests: changes });

      const found = await subjects(store);
      expect(found).toEqual(['Acme/upper#1', 'acme/gadgets#9', 'acme/gadgets#10', ...Array.from({ length: 1203 }, (_, index) => `acme/widgets#${index + 1}`), 'zeta/last#2']);
      expect(await subjects(store, { repository: 'ACME/widgets', number: 7 })).toEqual(['acme/widgets#7']);
      expect(await subjects(store, { number: 9 })).toEqual(['acme/gadgets#9', 'acme/widgets#9']);
      expect(await subjects(store, { repository: 'acme/unknown' })).toEqual([]);
    });

    test('show a viewer what it may see, and nothing else', async () => {
      const store = await stores.open();
      await tell(store, pullRequest(WIDGETS, 1), pullRequest(byId('8', 'acme/gadgets'), 2), pullRequest(byName('acme/old'), 3));
      const some = { sees: 'repositories', repositoryIds: ['8', 'name:acme/old', 'unknown'] } as const;
      const none = { sees: 'repositories', repositoryIds: [] } as const;

      expect(await subjects(store, {}, some)).toEqual(['acme/gadgets#2', 'acme/old#3']);
      expect(await subjects(store, { repository: 'acme/widgets' }, some)).toEqual([]);
      expect((await store.reader.repositories(some)).map(({ id }) => id)).toEqual(['8', 'name:acme/old']);
      expect([await subjects(store, {}, none), await store.reader.repositories(none)]).toEqual([[], []]);
    });

    test('tell ids apart that no double can', async () => {
      const store = await stores.open();

      await tell(store, pullRequest(byId('9007199254740992', 'acme/even'), 1), pullRequest(byId('9007199254740993', 'acme/odd'), 1));

      expect((await store.reader.repositories(EVERYONE)).map(({ id, fullName }) => [id, fullName])).toEqual([
        ['9007199254740992', 'acme/even'],
        ['9007199254740993', 'acme/odd'],
      ]);
    });

    test('survive texts and numbers that no database holds', async () => {
      const store = await stores.open();
      const hostile = 'nul \u0000 and lone \uDFFF';
      const evidence = someEvidence({ title: hostile, additions: 1e300, deletions: -1.5, head_ref: hostile, base_ref: hostile }, [{ ...aComment('5'), actor: `@${hostile}`, at: 1e17 }]);

      await tell(store, {
        ...pullRequest(byId(hostile, hostile), 1e17, evidence),
        accounts: [{ id: hostile, login: hostile, type: null, seenAt: 1e300 }],
        pushes: [aPush(byName(hostile), { branch: hostile, before: hostile, at: 1e300, commits: [hostile] })],
        teams: [{ id: hostile, organization: hostile, slug: hostile, name: hostile, parentId: hostile, seenAt: -1e300, deletedAt: null }],
        memberships: [{ teamId: hostile, account: `@${hostile}`, isMember: true, ...aTransition(0.5) }],
      });
      await tell(store, pullRequest(byId(hostile, hostile), 1e17, someEvidence({}, [aComment('6')])));

      const [found, ...others] = await read(store);
      expect(others).toEqual([]);
      expect(found?.repository.fullName).toBe('nul \uFFFD and lone \uFFFD');
      expect(found?.pullRequest.events.map(({ id }) => id)).toEqual([null, '6', '5']);
    });

    test('keep a repository under one id through renames, its newest name shown', async () => {
      const store = await stores.open();

      await tell(store, seen('7', 'acme/new', NOW + 5), pullRequest(byId('7', 'acme/new'), 2), seen('7', 'acme/widgets', NOW), pullRequest(WIDGETS, 1));

      expect(await subjects(store)).toEqual(['acme/new#1', 'acme/new#2']);
      expect(await subjects(store, { repository: 'acme/widgets' })).toEqual([]);
    });

    test('keep when a repository was deleted', async () => {
      const store = await stores.open();

      await tell(store, seen('7', 'acme/widgets', NOW + 9, NOW + 9), seen('7', 'acme/widgets', NOW + 12), pullRequest(WIDGETS, 1));

      expect(await store.reader.repositories(EVERYONE)).toEqual([{ id: '7', fullName: 'acme/widgets', deletedAt: NOW + 9 }]);
      expect(await subjects(store)).toEqual(['acme/widgets#1']);
    });

    test('join what a recording tells by name with the id that the name belongs to, whichever comes first', async () => {
      const store = await stores.open();
      await tell(store, seen(null, 'acme/Widgets', NOW), pullRequest(byName('acme/Widgets'), 1, someEvidence({}, [aComment('5')])));
      expect(await subjects(store)).toEqual(['acme/Widgets#1']);

      await tell(store, pullRequest(WIDGETS, 1, someEvidence({}, [aComment('6')])), pullRequest(byName('acme/widgets'), 1, someEvidence({}, [aComment('7')])));

      const found = await read(store);
      expect(found.map(({ repository }) => repository)).toEqual([{ id: '7', fullName: 'acme/widgets', deletedAt: null }]);
      expect(found[0]?.pullRequest.events.map(({ id }) => id)).toEqual([null, '5', '6', '7']);
      expect(await store.reader.repositories(EVERYONE)).toHaveLength(1);
    });

    test('let what was told by name go over with the name', async () => {
      const store = await stores.open();
      await tell(store, pullRequest(byName('acme/widgets'), 1, someEvidence({}, [aComment('5')])), pullRequest(byName('acme/widgets'), 2));
      await tell(store, seen('7', 'acme/widgets', NOW), pullRequest(WIDGETS, 1, someEvidence({}, [aComment('6')])));

      await tell(store, seen('7', 'acme/renamed', NOW + 5), seen('8', 'acme/widgets', NOW + 9));

      const found = await read(store);
      expect(found.map(({ repository, pullRequest: { number, events } }) => [repository.id, repository.fullName, number, events.map(({ id }) => id)])).toEqual([
        ['7', 'acme/renamed', 1, [null, '6']],
        ['8', 'acme/widgets', 1, [null, '5']],
        ['8', 'acme/widgets', 2, [null]],
      ]);
    });

    test('give a pull request the pushes to its branch, from a fork and told by name too', async () => {
      const store = await stores.open();
      const head = { head_ref: 'topic', head_repository_id: '55' };

      await tell(store, pullRequest(WIDGETS, 1, someEvidence(head)), { pushes: [aPush(byId('55', 'fork/widgets')), aPush(byId('55', 'fork/widgets'), { branch: 'other' }), aPush(WIDGETS)] });
      await tell(store, { pushes: [aPush(byName('fork/widgets'), { after: 'd'.repeat(40), at: NOW + 9e5 })] });

      const [found] = await read(store);
      expect(found?.pullRequest.events.map(({ kind, detail }) => [kind, detail.after?.[0]])).toEqual([
        ['opened', undefined],
        ['pushed', 'b'],
        ['pushed', 'd'],
      ]);
    });

    test('keep the fuller telling of a push, and who knew of it first', async () => {
      const store = await stores.open();
      const push = aPush(WIDGETS, { commits: [], actor: null, knownAt: NOW + 5e5, knownBy: 'late' });

      await tell(store, pullRequest(WIDGETS, 1, someEvidence({ head_ref: 'topic', head_repository_id: '7' }, [{ ...aComment('c'), kind: 'committed', id: 'e'.repeat(40) }])), { pushes: [push] });
      await tell(store, { pushes: [{ ...push, commits: ['e'.repeat(40)], actor: '#4', knownAt: NOW + 6e5, knownBy: 'later' }] });

      const [found] = await read(store);
      expect(found?.pullRequest.arrivals).toMatchObject([{ sha: 'e'.repeat(40), at: NOW + 120_000, atFrom: 'github', actor: '#4' }]);
      expect(found?.pullRequest.events.find(({ kind }) => kind === 'pushed')).toMatchObject({ knownAt: NOW + 5e5, knownBy: 'late' });
    });

    test('know an account under every login it had, as soon as any process has learned of it', async () => {
      const place = await engine.freshPlace();
      const [store, other] = [await stores.open(place), await stores.open(place)];
      await tell(store, { accounts: [{ id: '1', login: 'ada', type: null, seenAt: NOW }, { id: '2', login: 'grace', type: 'Bot', seenAt: NOW }] });
      expect((await store.reader.accounts()).account('@ADA')).toEqual({ ref: '#1', id: '1', login: 'ada', type: null });

      await tell(other, { accounts: [{ id: '1', login: 'ada-lovelace', type: 'User', seenAt: NOW + 1 }] });

      const accounts = await store.reader.accounts();
      expect(['@ada', '@Ada-Lovelace', '#1'].map((ref) => accounts.account(ref))).toEqual(Array(3).fill({ ref: '#1', id: '1', login: 'ada-lovelace', type: 'User' }));
      expect(await store.reader.accounts()).toBe(accounts);

      await tell(other, { accounts: [{ id: '2', login: 'ada', type: 'User', seenAt: NOW + 2 }] });
      expect((await store.reader.accounts()).canonical('@ada')).toBe('#2');
    });

    test('show teams as they were seen last, to those who may see a repository of theirs', async () => {
      const store = await stores.open();
      const team = (id: string, slug: string, seenAt: number, deletedAt: number | null = null) => ({ id, organization: 'acme', slug, name: slug, parentId: null, seenAt, deletedAt });
      const access = (teamId: string, repository: typeof WIDGETS) => ({ teamId, repository, hasAccess: true, permission: 'push', ...aTransition() });

      await tell(store, { teams: [team('1', 'keepers', NOW + 5), team('1', 'owners', NOW)] }, { teams: [team('2', 'all', NOW), team('2', 'all', NOW + 1, NOW + 1), team('3', 'others', NOW)] });
      await tell(store, { teamRepositories: [access('1', WIDGETS), access('2', byName('acme/widgets')), access('3', byId('8', 'acme/gadgets'))] });

      const teams = { all: { id: '2', slug: 'all', deletedAt: NOW + 1 }, keepers: { id: '1', slug: 'keepers', deletedAt: null }, others: { id: '3', slug: 'others', deletedAt: null } };
      expect(await store.reader.teams(EVERYONE)).toMatchObject([teams.all, teams.keepers, teams.others]);
      expect(await store.reader.teams({ sees: 'repositories', repositoryIds: ['7'] })).toMatchObject([teams.all, teams.keepers]);
      expect(await store.reader.teams({ sees: 'repositories', repositoryIds: [] })).toEqual([]);
    });
  });
}
